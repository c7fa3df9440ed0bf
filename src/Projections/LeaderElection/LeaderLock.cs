using Npgsql;
using TreasureHunt.EventStore;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Projections.LeaderElection;

/// <summary>
/// The advisory lock of the leader. It belongs to a session that PostgreSQL ends after
/// <see cref="LeaderElectionOptions.LeaseDuration"/> without a heartbeat.
/// </summary>
public sealed class LeaderLock(
    NpgsqlDataSource postgres, ConnectionOptions connections, EventStoreOptions eventStore, LeaderElectionOptions options)
{
    private const int ConnectTimeoutSeconds = 3;

    private string Name => $"treasure-hunt projections of {eventStore.Schema}";

    /// <summary>Whether any worker holds the lock: it runs the projections, or starts them.</summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            """
            select exists (select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
              and database = (select oid from pg_database where datname = current_database())
              and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0))
            """);
        command.Parameters.AddWithValue(Name);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Opens a session that can hold the lock. It ends without heartbeats.</summary>
    public async Task<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connections.Postgres)
        {
            // Not pooled: the lock must end with the session, and the session with this worker.
            Pooling = false,
            Timeout = ConnectTimeoutSeconds,
            CommandTimeout = (int)options.LeaseDuration.TotalSeconds,
        };
        var session = new NpgsqlConnection(settings.ConnectionString);
        await session.OpenAsync(cancellationToken);
        await ExecuteAsync(session, $"set idle_session_timeout = {(int)options.LeaseDuration.TotalMilliseconds}", cancellationToken);
        return session;
    }

    /// <returns>False when another worker holds the lock.</returns>
    public async Task<bool> TryAcquireAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", session);
        command.Parameters.AddWithValue(Name);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Keeps the session alive for another lease.</summary>
    /// <exception cref="NpgsqlException">The session has ended, and the lock with it.</exception>
    public static Task SendHeartbeatAsync(NpgsqlConnection session, CancellationToken cancellationToken) =>
        ExecuteAsync(session, "select 1", cancellationToken);

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
