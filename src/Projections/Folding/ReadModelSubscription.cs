using System.Diagnostics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Polly;
using Polly.Retry;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Projections.Folding;

/// <summary>
/// Feeds one store outside PostgreSQL from the log: in order, at least once, on a shard of its own. A page that fails is
/// tried again in place; one that keeps failing pauses this shard and no other.
/// </summary>
public abstract class ReadModelSubscription : SubscriptionBase
{
    private static readonly ResiliencePipeline Retry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 8,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();


    /// <param name="name">Name of the shard, and of the read model in commands and metrics.</param>
    protected ReadModelSubscription(string name, Lag lag, Func<Type, bool> includes)
    {
        Name = name;
        Lag = lag;
        Options.BatchSize = 2_000;
        Options.MaximumHopperSize = 10_000;
        foreach (var type in EventNames.All.Keys.Where(includes))
        {
            IncludeType(type);
        }
    }

    protected Lag Lag { get; }

    public sealed override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared($"project {Name}", ActivityKind.Consumer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        await Retry.ExecuteAsync(async token => await Apply(page.Events, page.SequenceCeiling, operations, token), cancellationToken);
        Lag.Applied(Name, page.Events);
        return NullChangeListener.Instance;
    }

    /// <summary>Brings the store up to the page. It may be called again with a page that was applied before.</summary>
    /// <param name="log">Reads the log, for what the page does not say.</param>
    /// <param name="ceiling">The sequence that the store is true for afterwards.</param>
    protected abstract Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation);
}
