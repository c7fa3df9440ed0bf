using System.Diagnostics;
using System.Diagnostics.Metrics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Polly;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.EventStore;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Analytics;

/// <summary>
/// Publishes every event to the exchange for analytics: in the order of the event store, at least once. It has a shard of its own,
/// so a broker that does not answer stops this shard only.
/// </summary>
public sealed class AnalyticsSubscription : SubscriptionBase
{
    /// <summary>Name of the shard. It is part of the storage format: the progress of the shard is stored under it.</summary>
    public const string Shard = "analytics";

    private const int MaxBatchSize = 1_000;

    /// <summary>Loaded events that wait for their batch, in batches.</summary>
    private const int MaxBatchesAhead = 4;

    private static readonly Counter<long> ConfirmedEvents = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_analytics_facts", description: "Events that the broker has confirmed");

    private static readonly Histogram<double> Lag = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_analytics_lag",
        unit: "ms",
        description: "From the recording of an event to the broker's confirmation",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 50, 100, 500, 1000, 5000, 10000, 60000, 600000] });

    private static readonly ResiliencePipeline Retry =
        RetryPolicies.CreateBatchRetry(maxRetries: 4, firstDelay: TimeSpan.FromMilliseconds(100));

    private readonly EventsExchange _exchange;
    private readonly TimeProvider _timeProvider;
    private readonly string _schema;

    public AnalyticsSubscription(EventsExchange exchange, TimeProvider timeProvider, EventStoreOptions options)
    {
        (_exchange, _timeProvider, _schema) = (exchange, timeProvider, options.Schema);
        Name = Shard;
        // No filter by event type: an event that this build does not know must stop the shard, not be missing from analytics.
        Options.BatchSize = MaxBatchSize;
        Options.MaximumHopperSize = MaxBatchesAhead * MaxBatchSize;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared("publish events", ActivityKind.Producer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        foreach (var envelope in Envelopes.Serialize(page.SequenceFloor, page.SequenceCeiling, [.. page.Events.Select(ToCloudEvent)]))
        {
            await Retry.ExecuteAsync(async token => await _exchange.PublishEnvelopeAsync(envelope, token), cancellationToken);
        }

        ConfirmedEvents.Add(page.Events.Count);
        var now = _timeProvider.GetUtcNow();
        foreach (var e in page.Events)
        {
            Lag.Record(Math.Max(0, (now - e.Timestamp).TotalMilliseconds));
        }

        return NullChangeListener.Instance;
    }

    private CloudEvent ToCloudEvent(IEvent e) =>
        CloudEvent.Of(_schema, e.Id, e.EventTypeName, e.StreamKey!, e.Timestamp, e.Sequence, e.Data);
}
