using Npgsql;

namespace TreasureHunt.Faults.Servers;

/// <summary>Has a lock of PostgreSQL, which others wait for, until it is disposed.</summary>
public sealed class LockHold : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;

    private LockHold(NpgsqlDataSource postgres, NpgsqlConnection connection, string schema) =>
        (_postgres, _connection, _schema) = (postgres, connection, schema);

    /// <summary>Keeps others from a table.</summary>
    /// <param name="mode">Of LOCK TABLE: with <c>share</c> reading goes on, with <c>access exclusive</c> it does not.</param>
    public static Task<LockHold> Table(NpgsqlDataSource postgres, string schema, string table, string mode = "share") =>
        Take(postgres, schema, $"lock table {schema}.{table} in {mode} mode");

    /// <summary>Takes whatever lock a statement takes.</summary>
    public static async Task<LockHold> Take(NpgsqlDataSource postgres, string schema, string statement)
    {
        var connection = await postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {statement}", connection);
        await command.ExecuteNonQueryAsync();
        return new LockHold(postgres, connection, schema);
    }

    /// <summary>
    /// Ends when so many sessions wait, for the lock or for another that waits for it; what they read before, they have read.
    /// </summary>
    /// <param name="statement">How the statements begin that count; without it, all do.</param>
    public Task Waiting(int sessions, string statement = "") => Until.True($"{sessions} sessions wait for the lock {statement}", async () =>
    {
        await using var command = _postgres.CreateCommand(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%' || $1 || '%' and starts_with(query, $2)");
        command.Parameters.AddWithValue(_schema);
        command.Parameters.AddWithValue(statement);
        return (long)(await command.ExecuteScalarAsync())! >= sessions;
    });

    /// <summary>Ends the sessions that wait. Those of a process that was killed do not notice it while they wait.</summary>
    public async Task EndWaiting()
    {
        await using var command = _postgres.CreateCommand(
            $"select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{_schema}%'");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>With the connection its transaction ends, and the lock is gone.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
