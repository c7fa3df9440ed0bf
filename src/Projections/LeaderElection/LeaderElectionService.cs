using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using TreasureHunt.EventStore;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.LeaderElection;

/// <summary>
/// Runs the projections in one of several workers at a time. The leader holds an advisory lock in a session that PostgreSQL
/// ends when it hears nothing for <see cref="LeaseDuration"/>: a leader that is dead or stopped is replaced, and one that wakes up
/// again writes nothing that an older sequence could put back.
/// </summary>
public sealed partial class LeaderElectionService(
    IDocumentStore store,
    GenerationSupervisor keeper,
    ShardRestarts restarts,
    ConnectionOptions connections,
    EventStoreOptions options,
    TimeProvider timeProvider,
    ILogger<LeaderElectionService> logger,
    ILoggerFactory loggers) : BackgroundService
{
    /// <summary>After this long without a sign of life the leader's session ends.</summary>
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);

    /// <summary>Whether this worker runs the projections.</summary>
    public bool IsLeader { get; private set; }

    private string LockName => $"treasure-hunt projections of {options.Schema}";

    /// <summary>Whether any worker runs the projections, or is about to: whether the lock is held.</summary>
    public async Task<bool> IsAnyoneLeadingAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            """
            select exists (select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
              and database = (select oid from pg_database where datname = current_database())
              and ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0))
            """);
        command.Parameters.AddWithValue(LockName);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await OpenSessionAsync(stoppingToken);
                if (await TryLeadAsync(session, stoppingToken))
                {
                    await LeadAsync(session, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever ended the leadership, the next round tries for it again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogLost(exception);
            }

            await Task.Delay(HeartbeatInterval, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        using var lead = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var daemon = await store.BuildProjectionDaemonAsync(logger: loggers.CreateLogger("Marten.Daemon"));
        // From the first moment: starting may take longer than the silence that is allowed.
        var living = LiveAsync(session, lead.Token);
        var keeping = Task.CompletedTask;
        try
        {
            await keeper.AdoptAsync(cancellationToken);
            await daemon.StartAllAsync();
            keeping = keeper.RunAsync(lead.Token);
            IsLeader = true;
            LogLeading();
            while (!living.IsCompleted)
            {
                await Task.WhenAny(living, Task.Delay(HeartbeatInterval, timeProvider, cancellationToken));
                await restarts.ResumeAsync(daemon, cancellationToken);
            }

            await living;
        }
        finally
        {
            IsLeader = false;
            await lead.CancelAsync();
            await keeping;
            await daemon.StopAllAsync();
            await living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Ends with the session.
    private async Task LiveAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(HeartbeatInterval, timeProvider, cancellationToken);
            await ExecuteAsync(session, "select 1", cancellationToken);
        }
    }

    private async Task<NpgsqlConnection> OpenSessionAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connections.Postgres)
        {
            // Not from the pool: the lock must end with the session, and the session with this worker.
            Pooling = false,
            Timeout = 3,
            CommandTimeout = (int)LeaseDuration.TotalSeconds,
        };
        var session = new NpgsqlConnection(settings.ConnectionString);
        await session.OpenAsync(cancellationToken);
        await ExecuteAsync(session, $"set idle_session_timeout = {(int)LeaseDuration.TotalMilliseconds}", cancellationToken);
        return session;
    }

    private async Task<bool> TryLeadAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock(hashtextextended($1, 0))", session);
        command.Parameters.AddWithValue(LockName);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This worker runs the projections")]
    private partial void LogLeading();

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker does not run the projections for now")]
    private partial void LogLost(Exception exception);
}
