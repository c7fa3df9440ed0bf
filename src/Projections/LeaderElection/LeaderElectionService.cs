using Npgsql;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.Subscriptions;

namespace TreasureHunt.Projections.LeaderElection;

/// <summary>
/// Runs the projections in one of several workers at a time. The leader holds <see cref="LeaderLock"/>. A leader that is dead or
/// suspended loses the lock and is replaced. When a suspended leader wakes up, its writes have older sequences and change nothing.
/// </summary>
public sealed class LeaderElectionService(
    LeaderLock leaderLock,
    GenerationSupervisor supervisor,
    SubscriptionDaemon subscriptions,
    LeaderElectionOptions options,
    TimeProvider timeProvider,
    ILogger<LeaderElectionService> logger) : BackgroundService
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
        // Heartbeats begin first, because the start of the daemon may take longer than the lease.
        var heartbeats = SendHeartbeatsAsync(session, leadership.Token);
        var (supervision, running) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await supervisor.AdoptGenerationsAsync(cancellationToken);
            running = subscriptions.RunAsync(BeginLeadership, leadership.Token);
            await await Task.WhenAny(heartbeats, running);
        }
        finally
        {
            IsLeader = false;
            await leadership.CancelAsync();
            await supervision;
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await heartbeats.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void BeginLeadership()
        {
            supervision = supervisor.RunAsync(leadership.Token);
            IsLeader = true;
            logger.LeadershipGained();
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
