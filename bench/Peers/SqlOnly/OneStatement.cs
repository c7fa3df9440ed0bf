using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.SqlOnly;

/// <summary>Claims as rows. The unit is taken by a conditional update, and the claim is recorded by the same statement.</summary>
internal sealed class OneStatement(NpgsqlDataSource database) : Peer
{
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var create = database.CreateCommand(Sql.Schema);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken)
    {
        await using var insert = database.CreateCommand(
            "insert into bench_sql.treasures (id, stock, per_player) values ($1, $2, $3) on conflict do nothing");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = treasureId });
        insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = stock });
        insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = perPlayer });
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await DecideAsync(claim, cancellationToken);
            }
            catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // The same claim, or another of the same player, was recorded meanwhile. The next attempt reads it.
            }
        }
    }

    public override async Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand("select stock, stock - awarded from bench_sql.treasures where id = $1");
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = treasureId });
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new TreasureAnswer(treasureId, rows.GetInt32(0), rows.GetInt32(1)) : null;
    }

    private async Task<PeerOutcome> DecideAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var decide = database.CreateCommand(Sql.Claim);
        decide.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim.ClaimId });
        decide.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.TreasureId });
        decide.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.PlayerId });
        decide.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = claim.At, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var rows = await decide.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new PeerOutcome(rows.GetString(0), await rows.IsDBNullAsync(1, cancellationToken) ? null : rows.GetString(1));
    }
}
