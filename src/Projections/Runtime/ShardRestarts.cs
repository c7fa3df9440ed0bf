using JasperFx;
using JasperFx.Events.Daemon;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Starts shards again that do not run. A shard pauses when a page keeps failing, for a server is away that may be back. It stops
/// when its progress is not where it left it: an earlier leader recorded its own late. Both go on at once.
/// A shard that met an event which this build cannot read stands still until a newer build comes, and is tried seldom.
/// </summary>
/// <remarks>Not thread-safe: the leader asks once a second.</remarks>
public sealed partial class ShardRestarts(TimeProvider timeProvider, ILogger<ShardRestarts> logger)
{
    /// <summary>Between two tries at an event that cannot be read.</summary>
    private static readonly TimeSpan UnreadableRetryInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Stop> _stops = [];

    /// <summary>Starts each shard that does not run, if its time has come. A shard that cannot be started keeps no other from it.</summary>
    public async Task ResumeAsync(IProjectionDaemon daemon, CancellationToken cancellationToken)
    {
        foreach (var agent in daemon.CurrentAgents().ToList())
        {
            var shard = agent.Name.Identity;
            if (agent.Status == AgentStatus.Running)
            {
                continue;
            }

            if (IsDue(shard, agent.Failure))
            {
                await StartAsync(daemon, agent, cancellationToken);
            }
        }
    }

    private bool IsDue(string shard, ShardFailure? failure)
    {
        var unreadable = failure is { Category: ShardFailureCategory.UnknownEventType or ShardFailureCategory.EventSerialization };
        var reason = failure?.Message ?? "";
        var now = timeProvider.GetTimestamp();
        if (_stops.TryGetValue(shard, out var stop) && stop.Reason == reason)
        {
            if (unreadable && timeProvider.GetElapsedTime(stop.TriedAt, now) < UnreadableRetryInterval)
            {
                return false;
            }
        }
        else if (unreadable)
        {
            // Once, not at each try.
            LogStandsStill(shard, failure!.Event?.Sequence ?? 0, failure.Event?.EventTypeName ?? reason);
        }
        else
        {
            LogResuming(shard, reason);
        }

        _stops[shard] = new Stop(reason, now);
        return true;
    }

    private async Task StartAsync(IProjectionDaemon daemon, ISubscriptionAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            await daemon.StartAgentAsync(agent.Name, cancellationToken);
        }
        catch (ShardStartException exception)
        {
            LogNotStarted(agent.Name.Identity, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shard {Shard} had stopped and is started again: {Reason}")]
    private partial void LogResuming(string shard, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The shard {Shard} stands still at sequence {Sequence}: this build cannot read the event {EventName}")]
    private partial void LogStandsStill(string shard, long sequence, string eventName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shard {Shard} does not start: {Reason}")]
    private partial void LogNotStarted(string shard, string reason);

    private readonly record struct Stop(string Reason, long TriedAt);
}
