using JasperFx.Events.Daemon;
using Marten;
using Npgsql;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.LeaderElection;

/// <summary>
/// Runs the projections in one of several workers at a time. The leader holds <see cref="LeaderLock"/>. A leader that is dead or
/// suspended loses the lock and is replaced. When a suspended leader wakes up, its writes have older sequences and change nothing.
/// </summary>
public sealed class LeaderElectionService(
    IDocumentStore store,
    LeaderLock leaderLock,
    GenerationSupervisor supervisor,
    ShardRestarter shardRestarter,
    LeaderElectionOptions options,
    TimeProvider timeProvider,
    ILogger<LeaderElectionService> logger,
    ILoggerFactory loggers) : BackgroundService
{
    /// <summary>Whether this worker runs the projections.</summary>
    public bool IsLeader { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await leaderLock.OpenSessionAsync(stoppingToken);
                if (await leaderLock.TryAcquireAsync(session, stoppingToken))
                {
                    await RunProjectionsAsync(session, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Any failure ends the leadership only; the next round tries to lead again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.LeadershipLost(exception);
            }

            await Task.Delay(options.HeartbeatInterval, timeProvider, stoppingToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunProjectionsAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        using var leadership = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var daemon = await store.BuildProjectionDaemonAsync(logger: loggers.CreateLogger("Marten.Daemon"));
        // Heartbeats begin first, because the start of the daemon may take longer than the lease.
        var heartbeats = SendHeartbeatsAsync(session, leadership.Token);
        var supervision = Task.CompletedTask;
        try
        {
            await supervisor.AdoptGenerationsAsync(cancellationToken);
            await daemon.StartAllAsync();
            supervision = supervisor.RunAsync(leadership.Token);
            IsLeader = true;
            logger.LeadershipGained();
            while (!heartbeats.IsCompleted)
            {
                await Task.WhenAny(heartbeats, Task.Delay(options.HeartbeatInterval, timeProvider, cancellationToken));
                await shardRestarter.RestartStoppedShardsAsync(daemon, cancellationToken);
            }

            await heartbeats;
        }
        finally
        {
            IsLeader = false;
            await leadership.CancelAsync();
            await supervision;
            await daemon.StopAllAsync();
            await heartbeats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Fails when the session has ended.
    private async Task SendHeartbeatsAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.HeartbeatInterval, timeProvider, cancellationToken);
            await LeaderLock.SendHeartbeatAsync(session, cancellationToken);
        }
    }
}
