using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Treasures;

/// <summary>Each treasure in Redis: one write for each treasure in a batch, whatever its number of events.</summary>
public sealed class TreasuresReadModel(
    int generation, ReadModelRedis redis, ReadModelKeys keys, EventReader eventReader, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Treasures, generation, redis, keys, isolated)
{
    private readonly StreamStates<TreasureView> _treasures = new(eventReader, TreasureViewProjection.Evolve);

    public static bool Includes(Type type) => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused);

    protected override async Task ProjectEventsAsync(
        IReadOnlyList<RecordedEvent> events, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        var changes = new List<(string Name, VersionedValue Treasure)>();
        foreach (var treasure in await _treasures.ApplyEventsAsync(events, cancellationToken))
        {
            var treasureId = StreamNames.TreasureOf(treasure.Stream);
            changes.Add((
                ViewName.OfTreasure(treasureId), WriteState(writes, Keys.Treasure(treasureId), treasure.State, treasure.Failure)));
        }

        writes.Publish(SharedKeys.ViewChanges, changes);
    }
}
