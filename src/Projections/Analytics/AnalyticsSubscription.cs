using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Subscriptions;

namespace TreasureHunt.Projections.Analytics;

/// <summary>
/// Publishes every event to the exchange for analytics: in the order of the event store, at least once. A broker that does not answer
/// stops this subscription only.
/// </summary>
public sealed class AnalyticsSubscription(EventsExchange exchange, TimeProvider timeProvider, EventStoreOptions options)
    : IEventSubscription
{
    /// <summary>The name of the subscription.</summary>
    public const string Name = "analytics";

    private static readonly Counter<long> ConfirmedEvents = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_analytics_facts", description: "Events that the broker has confirmed");

    private static readonly Histogram<double> Lag = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_analytics_lag",
        unit: "ms",
        description: "From the recording of an event to the broker's confirmation",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 50, 100, 500, 1000, 5000, 10000, 60000, 600000] });

    private static readonly ResiliencePipeline Retry =
        RetryPolicies.CreateBatchRetry(maxRetries: 4, firstDelay: TimeSpan.FromMilliseconds(100));

    public string Shard => $"{Name}:All";

    /// <summary>Nobody waits for analytics, and each message has a price of its own.</summary>
    public TimeSpan MinInterval => TimeSpan.FromMilliseconds(120);

    public async Task ApplyEventsAsync(EventBatch events, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared(
            "publish events", ActivityKind.Producer, events.Events.Select(recorded => recorded.CausationId));
        span?.SetTag("events", events.Events.Count).SetTag("sequence", events.UpTo);
        foreach (var envelope in Envelopes.Serialize(events.After, events.UpTo, [.. events.Events.Select(ToCloudEvent)]))
        {
            await Retry.ExecuteAsync(async token => await exchange.PublishEnvelopeAsync(envelope, token), cancellationToken);
        }

        ConfirmedEvents.Add(events.Events.Count);
        var now = timeProvider.GetUtcNow();
        foreach (var recorded in events.Events)
        {
            Lag.Record(Math.Max(0, (now - recorded.RecordedAt).TotalMilliseconds));
        }
    }

    private CloudEvent ToCloudEvent(RecordedEvent recorded) => CloudEvent.Of(
        options.Schema, recorded.Id, EventNames.All[recorded.Data.GetType()], recorded.Stream, recorded.RecordedAt, recorded.Sequence,
        recorded.Data);
}
