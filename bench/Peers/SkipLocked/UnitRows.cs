using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.SkipLocked;

/// <summary>Units as rows. A claim deletes one that no other claim has locked, and is recorded by the same statement.</summary>
internal sealed class UnitRows(NpgsqlDataSource database) : Peer
{
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var create = database.CreateCommand(Statements.Schema);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    public override Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken) =>
        ExecuteAsync(Statements.Hide, treasureId, [stock, perPlayer, Statements.Block], cancellationToken);

    public override async Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        var statement = Statements.Claim;
        while (true)
        {
            try
            {
                var (outcome, added) = await DecideAsync(statement, claim, cancellationToken);
                if (outcome is not null)
                {
                    return outcome;
                }

                if (added is { } units)
                {
                    await ExecuteAsync(Statements.AddUnits, claim.TreasureId, [units, Statements.Block], cancellationToken);
                }

                statement = added is null ? Statements.ClaimOrWait : Statements.Claim;
            }
            catch (PostgresException conflict) when (conflict.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // The same claim, or another of the same player, was recorded meanwhile. The next attempt reads it.
            }
        }
    }

    public override async Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand(Statements.Read);
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = treasureId });
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new TreasureAnswer(treasureId, rows.GetInt32(0), rows.GetInt32(1)) : null;
    }

    private async Task ExecuteAsync(string sql, string treasureId, int[] numbers, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = treasureId });
        foreach (var number in numbers)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<(PeerOutcome? Outcome, int? Added)> DecideAsync(string sql, Claim claim, CancellationToken cancellationToken)
    {
        await using var decide = database.CreateCommand(sql);
        decide.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claim.ClaimId });
        decide.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.TreasureId });
        decide.Parameters.Add(new NpgsqlParameter<string> { TypedValue = claim.PlayerId });
        decide.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = claim.At, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var rows = await decide.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return await rows.IsDBNullAsync(0, cancellationToken)
            ? (null, await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetInt32(2))
            : (new PeerOutcome(rows.GetString(0), await rows.IsDBNullAsync(1, cancellationToken) ? null : rows.GetString(1)), null);
    }
}
