using Marten;
using Npgsql;

namespace TreasureHunt.Peers.Streams;

/// <summary>
/// Whichever process starts first makes the tables. The others wait for it, where Marten's own way would give up after a second.
/// </summary>
internal sealed class Schema(IDocumentStore store, NpgsqlDataSource database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Say("select pg_advisory_lock(hashtext('bench_streams'))");
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await Say("select pg_advisory_unlock(hashtext('bench_streams'))");

        async Task Say(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
