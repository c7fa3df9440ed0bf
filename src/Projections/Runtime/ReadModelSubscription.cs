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
/// Applies the events of the event store to the live generations of the read models in one cache: in order, at least once. These
/// read models fail together, and each event is loaded once for all of them. A failed batch is tried again; a read model that has
/// it already does not change. If the retries fail, only this shard pauses.
/// </summary>
public sealed class ReadModelSubscription : SubscriptionBase
{
    /// <summary>Loaded events that wait for their batch, in batches.</summary>
    private const int MaxBatchesAhead = 5;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<LiveReadModel> _live;
    private readonly LagMetrics _lag;
    private readonly ResiliencePipeline _retry;

    /// <param name="store">Name of the shard. It is part of the storage format: the progress of the shard is stored under it.</param>
    public ReadModelSubscription(string store, IReadOnlyList<LiveReadModel> live, LagMetrics lag, ProjectionOptions options)
    {
        (_live, _lag) = (live, lag);
        _retry = RetryPolicies.CreateBatchRetry(options.MaxRetries, FirstRetryDelay);
        Name = store;
        // No filter by event type: an event that this build does not know must stop the shard, not be missing from a read model.
        Options.BatchSize = options.BatchSize;
        Options.MaximumHopperSize = MaxBatchesAhead * options.BatchSize;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared($"project {Name}", ActivityKind.Consumer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        var events = new EventBatch(page.SequenceFloor, page.SequenceCeiling, page.Events.Select(RecordedEvent.Of).ToList());
        await _retry.ExecuteAsync(async token => await LiveReadModel.ApplyEventsAsync(_live, events, token), cancellationToken);
        foreach (var definition in _live.Select(model => model.Definition))
        {
            _lag.RecordBatch(definition.Name, definition.Select(events).Events);
        }

        return NullChangeListener.Instance;
    }
}
