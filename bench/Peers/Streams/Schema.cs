using Marten;
using Npgsql;

namespace TreasureHunt.Peers.Streams;

/// <summary>
/// The first process creates the tables and the others wait for it. Marten's own wait ends after a second.
/// </summary>
internal sealed class Schema(IDocumentStore store, NpgsqlDataSource database) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync("select pg_advisory_lock(hashtext('bench_streams'))");
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await ExecuteAsync("select pg_advisory_unlock(hashtext('bench_streams'))");

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
