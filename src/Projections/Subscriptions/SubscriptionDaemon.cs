using Marten;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Runs all subscriptions. Marten's daemon determines up to which sequence the event store is complete; it has no subscriptions of its own,
/// because each of them would read all events again.
/// </summary>
public sealed class SubscriptionDaemon(
    IDocumentStore store, IEnumerable<IEventSubscription> subscriptions, EventReader eventReader, SubscriptionProgress progress,
    ProjectionOptions options, TimeProvider timeProvider, ILoggerFactory loggers)
{
    /// <summary>Runs until cancelled. A failed subscription is started again.</summary>
    /// <param name="started">Called when the subscriptions run.</param>
    public async Task RunAsync(Action started, CancellationToken cancellationToken)
    {
        using var daemon = await store.BuildProjectionDaemonAsync(logger: loggers.CreateLogger("Marten.Daemon"));
        var mark = new HighWaterMark();
        using var observation = daemon.Tracker.Subscribe(mark);
        var events = new SharedEventReader(eventReader.ReadRangeAsync, options.BatchSize, cancellationToken);
        await daemon.StartAllAsync();
        try
        {
            var running = Task.WhenAll(subscriptions.Select(subscription => new SubscriptionRunner(
                subscription, events, progress, mark, options, timeProvider, loggers.CreateLogger<SubscriptionRunner>())
                .RunAsync(cancellationToken)));
            started();
            await running;
        }
        finally
        {
            await daemon.StopAllAsync();
        }
    }
}
