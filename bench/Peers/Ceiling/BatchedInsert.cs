using Npgsql;
using TreasureHunt.Peers.Front;
using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Peers.Ceiling;

/// <summary>Inserts all waiting claims at once and decides none, so that every claim wins: the upper bound of the disk.</summary>
internal sealed class BatchedInsert : Nothing, IAsyncDisposable
{
    private const string Schema =
        """
        select pg_advisory_xact_lock(hashtext('bench_ceiling'));
        create schema if not exists bench_ceiling;
        create table if not exists bench_ceiling.claims (
            claim_id uuid not null, treasure_id text not null, player_id text not null, at timestamptz not null);
        """;

    private const string Insert = "insert into bench_ceiling.claims select * from unnest($1, $2, $3, $4)";

    private readonly NpgsqlDataSource _database;
    private readonly GroupCommit<Claim> _claims;

    public BatchedInsert(IConfiguration configuration)
    {
        _database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(
                configuration.Required("Postgres", "the disk"))
            { MaxAutoPrepare = 10, NoResetOnClose = true });
        // The batches of the engine's worker, but without a pause between them.
        _claims = new GroupCommit<Claim>(50_000, 1000, WriteAsync);
    }

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var create = _database.CreateCommand(Schema);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        if (!_claims.TryAdd(claim, out var written))
        {
            throw new InvalidOperationException("Too many claims are waiting.");
        }

        await written;
        return PeerOutcome.Won;
    }

    public async ValueTask DisposeAsync()
    {
        await _claims.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task WriteAsync(IReadOnlyList<Claim> claims)
    {
        await using var insert = _database.CreateCommand(Insert);
        insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. claims.Select(claim => claim.ClaimId)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. claims.Select(claim => claim.TreasureId)] });
        insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. claims.Select(claim => claim.PlayerId)] });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]> { TypedValue = [.. claims.Select(claim => claim.At)] });
        await insert.ExecuteNonQueryAsync();
    }
}
