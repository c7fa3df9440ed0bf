using JasperFx;
using JasperFx.Events.Daemon;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Restarts shards that do not run. A shard pauses when a batch fails repeatedly, for example because a server is away. A shard stops
/// when its recorded progress has changed, because an earlier leader recorded its progress late. Both are restarted at once. A shard that
/// cannot read an event needs a newer build, and is restarted at <see cref="ProjectionOptions.UnknownEventRetryInterval"/>.
/// </summary>
/// <remarks>Not thread-safe: only the leader's loop calls it.</remarks>
public sealed class ShardRestarter(ProjectionOptions options, TimeProvider timeProvider, ILogger<ShardRestarter> logger)
{
    private readonly Dictionary<string, RestartAttempt> _attempts = [];

    /// <summary>Restarts each stopped shard whose restart is due. A shard that does not start does not stop the others.</summary>
    public async Task RestartStoppedShardsAsync(IProjectionDaemon daemon, CancellationToken cancellationToken)
    {
        foreach (var agent in daemon.CurrentAgents().ToList())
        {
            if (agent.Status != AgentStatus.Running && IsDue(agent.Name.Identity, agent.Failure))
            {
                await StartAgentAsync(daemon, agent, cancellationToken);
            }
        }
    }

    private bool IsDue(string shard, ShardFailure? failure)
    {
        var isUnreadable = failure is { Category: ShardFailureCategory.UnknownEventType or ShardFailureCategory.EventSerialization };
        var reason = failure?.Message ?? "";
        var now = timeProvider.GetTimestamp();
        if (_attempts.TryGetValue(shard, out var last) && last.Reason == reason)
        {
            if (isUnreadable && timeProvider.GetElapsedTime(last.At, now) < options.UnknownEventRetryInterval)
            {
                return false;
            }
        }
        else if (isUnreadable)
        {
            // Logged once, not at each attempt.
            logger.ShardStandsStill(shard, failure!.Event?.Sequence ?? 0, failure.Event?.EventTypeName ?? reason);
        }
        else
        {
            logger.ShardRestarted(shard, reason);
        }

        _attempts[shard] = new RestartAttempt(reason, now);
        return true;
    }

    private async Task StartAgentAsync(IProjectionDaemon daemon, ISubscriptionAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            await daemon.StartAgentAsync(agent.Name, cancellationToken);
        }
        catch (ShardStartException exception)
        {
            logger.ShardNotStarted(agent.Name.Identity, exception.Message);
        }
    }

    private readonly record struct RestartAttempt(string Reason, long At);
}
