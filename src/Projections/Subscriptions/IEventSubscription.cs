using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>A target that follows the event store: it gets all events in order, each at least once.</summary>
public interface IEventSubscription
{
    /// <summary>Name of the shard. It is part of the storage format: the progress is stored under it.</summary>
    string Shard { get; }

    /// <summary>The least time between the beginnings of two batches; the events of that time become one batch.</summary>
    TimeSpan MinInterval { get; }

    /// <summary>Applies the events of a range. It may be called again with a range that was applied in part or as a whole.</summary>
    Task ApplyEventsAsync(EventBatch events, CancellationToken cancellationToken);
}
