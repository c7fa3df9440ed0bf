using Npgsql;

namespace TreasureHunt.Faults.Servers;

/// <summary>Keeps everybody from a table of the event store until it is disposed.</summary>
public sealed class TableHold : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;

    private TableHold(NpgsqlDataSource postgres, NpgsqlConnection connection, string schema) => (_postgres, _connection, _schema) = (postgres, connection, schema);

    /// <summary>Takes the table.</summary>
    /// <param name="mode">Of LOCK TABLE: with <c>share</c> reading goes on, with <c>access exclusive</c> it does not.</param>
    public static async Task<TableHold> Take(NpgsqlDataSource postgres, string schema, string table, string mode = "share")
    {
        var connection = await postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {schema}.{table} in {mode} mode", connection);
        await command.ExecuteNonQueryAsync();
        return new TableHold(postgres, connection, schema);
    }

    /// <summary>Ends when so many wait, for the table or for one who waits for it; what they read before it they have read.</summary>
    public Task Waiting(int writers) => Until.True($"{writers} writers wait", async () =>
    {
        await using var command = _postgres.CreateCommand(
            $"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{_schema}%'");
        return (long)(await command.ExecuteScalarAsync())! >= writers;
    });

    /// <summary>With the connection its transaction ends, and the lock is gone.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
