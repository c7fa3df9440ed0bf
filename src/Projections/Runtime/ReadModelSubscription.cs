using System.Diagnostics;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Polly;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Feeds the live generations of the read models of one store from the log: in order, at least once. What they share, they
/// also fail with, and each event is loaded once for all of them. A page that fails is tried again in place, where those that
/// have it already leave it alone; one that keeps failing pauses this shard and no other.
/// </summary>
public sealed class ReadModelSubscription : SubscriptionBase
{
    private static readonly ResiliencePipeline Retry = RetryPolicies.Retry(attempts: 8, first: TimeSpan.FromMilliseconds(50));

    private readonly IReadOnlyList<LiveReadModel> _live;
    private readonly LagMetrics _lag;

    /// <param name="store">Name of the shard. It is the storage format of its progress.</param>
    public ReadModelSubscription(string store, IReadOnlyList<LiveReadModel> live, LagMetrics lag)
    {
        (_live, _lag) = (live, lag);
        Name = store;
        Options.BatchSize = 2_000;
        Options.MaximumHopperSize = 10_000;
        // Every type, none by its name: an event that this build does not know must stop the shard, not be missing from a read model.
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared($"project {Name}", ActivityKind.Consumer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        var facts = page.Events.Select(RecordedEvent.Of).ToList();
        await Task.WhenAll(_live.Select(model => FeedAsync(model, page, facts, cancellationToken)));
        return NullChangeListener.Instance;
    }

    private async Task FeedAsync(LiveReadModel model, EventRange page, List<RecordedEvent> facts, CancellationToken cancellationToken)
    {
        var own = new EventBatch(
            page.SequenceFloor, page.SequenceCeiling, facts.FindAll(fact => model.Kind.Events.Contains(fact.Data.GetType())));
        await Retry.ExecuteAsync(async token => await model.ApplyAsync(own, token), cancellationToken);
        _lag.Applied(model.Kind.Name, own.Facts);
    }
}
