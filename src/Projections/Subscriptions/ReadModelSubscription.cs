using System.Diagnostics;
using Polly;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Applies the events of the event store to the live generations of the read models in one cache. These read models fail together. A
/// failed batch is tried again; a read model that has it already does not change.
/// </summary>
/// <param name="store">The name of the cache.</param>
public sealed class ReadModelSubscription(
    string store, TimeSpan minInterval, IReadOnlyList<LiveReadModel> live, LagMetrics lag, ProjectionOptions options)
    : IEventSubscription
{
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly ResiliencePipeline _retry = RetryPolicies.CreateBatchRetry(options.MaxRetries, FirstRetryDelay);

    public string Shard => live[0].Definition.Shard;

    public TimeSpan MinInterval => minInterval;

    public async Task ApplyEventsAsync(EventBatch events, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared(
            $"project {store}", ActivityKind.Consumer, events.Events.Select(recorded => recorded.CausationId));
        span?.SetTag("events", events.Events.Count).SetTag("sequence", events.UpTo);
        await _retry.ExecuteAsync(async token => await LiveReadModel.ApplyEventsAsync(live, events, token), cancellationToken);
        foreach (var definition in live.Select(model => model.Definition))
        {
            lag.RecordBatch(definition.Name, definition.Select(events).Events);
        }
    }
}
