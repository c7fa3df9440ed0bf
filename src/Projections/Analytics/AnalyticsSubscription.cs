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
/// Tells every fact of the log to whoever listens on the exchange: in the order of the log, at least once, on a shard of its
/// own. A broker that is away stalls this shard and no other.
/// </summary>
public sealed class AnalyticsSubscription : SubscriptionBase
{
    /// <summary>Name of the shard. It is the storage format of its progress.</summary>
    public const string Shard = "analytics";

    private static readonly Counter<long> Facts = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_analytics_facts", description: "Facts that the broker has confirmed");

    private static readonly Histogram<double> Lag = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_analytics_lag",
        unit: "ms",
        description: "From the recording of a fact to the broker's confirmation",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [10, 50, 100, 500, 1000, 5000, 10000, 60000, 600000] });

    private static readonly ResiliencePipeline Retry = RetryPolicies.Retry(attempts: 4, first: TimeSpan.FromMilliseconds(100));

    private readonly EventsExchange _exchange;
    private readonly TimeProvider _timeProvider;
    private readonly string _log;

    public AnalyticsSubscription(EventsExchange exchange, TimeProvider timeProvider, EventStoreOptions options)
    {
        (_exchange, _timeProvider, _log) = (exchange, timeProvider, options.Schema);
        Name = Shard;
        // Every type, none by its name: a fact that this build does not know must stop the feed, not be missing from it.
        Options.BatchSize = 1_000;
        Options.MaximumHopperSize = 4_000;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared("publish facts", ActivityKind.Producer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        foreach (var envelope in Envelopes.Of(page.SequenceFloor, page.SequenceCeiling, [.. page.Events.Select(Tell)]))
        {
            await Retry.ExecuteAsync(async token => await _exchange.PublishAsync(envelope, token), cancellationToken);
        }

        Facts.Add(page.Events.Count);
        var now = _timeProvider.GetUtcNow();
        foreach (var e in page.Events)
        {
            Lag.Record(Math.Max(0, (now - e.Timestamp).TotalMilliseconds));
        }

        return NullChangeListener.Instance;
    }

    private CloudEvent Tell(IEvent e) => CloudEvent.Of(_log, e.Id, e.EventTypeName, e.StreamKey!, e.Timestamp, e.Sequence, e.Data);
}
