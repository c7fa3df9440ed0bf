using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Hunts;

/// <summary>Each hunt, its list of treasures and the list of hunts in Redis.</summary>
public sealed class HuntsReadModel(
    int generation, ReadModelRedis redis, ReadModelKeys keys, EventReader eventReader, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Hunts, generation, redis, keys, isolated)
{
    private readonly StreamStates<HuntView> _hunts = new(eventReader, HuntViewProjection.Evolve);

    public static bool Includes(Type type) => type.IsAssignableTo(typeof(IHuntEvent)) || type == typeof(TreasureHidden);

    protected override async Task ProjectEventsAsync(
        IReadOnlyList<RecordedEvent> events, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        var changes = new List<(string Name, VersionedValue Hunt)>();
        foreach (var hunt in await _hunts.ApplyEventsAsync(events.Where(recorded => recorded.Data is IHuntEvent), cancellationToken))
        {
            var huntId = StreamNames.HuntOf(hunt.Stream);
            changes.Add((ViewName.OfHunt(huntId), WriteState(writes, Keys.Hunt(huntId), hunt.State, hunt.Failure)));
        }

        writes.Publish(SharedKeys.ViewChanges, changes);

        foreach (var recorded in events)
        {
            switch (recorded.Data)
            {
                case HuntDrafted drafted:
                    writes.Add(Keys.Hunts, drafted.HuntId, recorded.Sequence);
                    break;
                case TreasureHidden hidden:
                    writes.Add(Keys.HuntTreasures(hidden.HuntId), hidden.TreasureId, recorded.Sequence);
                    break;
            }
        }
    }
}
