using Npgsql;

namespace TreasureHunt.Faults.Servers;

/// <summary>Holds a lock of PostgreSQL until it is disposed.</summary>
public sealed class PostgresLock : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;

    private PostgresLock(NpgsqlDataSource postgres, NpgsqlConnection connection, string schema) =>
        (_postgres, _connection, _schema) = (postgres, connection, schema);

    /// <param name="mode">A mode of LOCK TABLE: <c>share</c> lets others read, <c>access exclusive</c> does not.</param>
    public static Task<PostgresLock> LockTable(NpgsqlDataSource postgres, string schema, string table, string mode = "share") =>
        Acquire(postgres, schema, $"lock table {schema}.{table} in {mode} mode");

    /// <summary>Holds the locks that a statement takes.</summary>
    public static async Task<PostgresLock> Acquire(NpgsqlDataSource postgres, string schema, string statement)
    {
        var connection = await postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {statement}", connection);
        await command.ExecuteNonQueryAsync();
        return new PostgresLock(postgres, connection, schema);
    }

    /// <summary>
    /// Ends when at least this many sessions of the schema wait for a lock: this one, or one of a session that waits for this one.
    /// </summary>
    /// <param name="statement">Counts only sessions whose statement begins with this text.</param>
    public Task UntilWaiting(int sessions, string statement = "") => Poll.Until(
        $"{sessions} sessions wait for the lock {statement}", async () =>
    {
        await using var command = _postgres.CreateCommand(
            """
            select count(*) from pg_stat_activity
            where wait_event_type = 'Lock' and query like '%' || $1 || '%' and starts_with(query, $2)
            """);
        command.Parameters.AddWithValue(_schema);
        command.Parameters.AddWithValue(statement);
        return (long)(await command.ExecuteScalarAsync())! >= sessions;
    });

    /// <summary>
    /// Ends the sessions that wait for a lock. PostgreSQL does not notice that a client was killed while its session waits.
    /// </summary>
    public async Task TerminateWaitingSessions()
    {
        await using var command = _postgres.CreateCommand(
            $"select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{_schema}%'");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Closes the connection, which rolls back its transaction and releases the lock.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
