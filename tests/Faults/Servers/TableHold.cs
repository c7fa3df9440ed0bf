using Npgsql;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Servers;

/// <summary>Keeps everybody from writing to a table of the event store until it is disposed; reading goes on.</summary>
internal sealed class TableHold : IAsyncDisposable
{
    private readonly Scene _scene;
    private readonly NpgsqlConnection _connection;

    private TableHold(Scene scene, NpgsqlConnection connection) => (_scene, _connection) = (scene, connection);

    public static async Task<TableHold> Take(Scene scene, string table)
    {
        var connection = await scene.Postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {Places.Schema}.{table} in share mode", connection);
        await command.ExecuteNonQueryAsync();
        return new TableHold(scene, connection);
    }

    /// <summary>Ends when a writer stands before the table.</summary>
    public Task SomebodyWaits() => Until.True("a writer waits", async () => await _scene.Value<long>(
        $"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{Places.Schema}%'") > 0);

    /// <summary>Connections are not pooled: with its session the lock is gone.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
