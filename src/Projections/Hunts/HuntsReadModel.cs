using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Hunts;

/// <summary>Keeps each hunt, its list of treasures and the list of hunts in Redis.</summary>
public sealed class HuntsReadModel(int generation, ReadModelRedis redis, ReadModelKeys keys, RecordedEventReader log, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Hunts, generation, redis, keys, isolated)
{
    private readonly StreamStates<HuntView> _hunts = new(log, HuntViewProjection.Fold);

    public static bool Includes(Type type) => type.IsAssignableTo(typeof(IHuntEvent)) || type == typeof(TreasureHidden);

    protected override async Task FoldAsync(
        IReadOnlyList<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        foreach (var hunt in await _hunts.AdvanceAsync(facts.Where(fact => fact.Data is IHuntEvent), cancellationToken))
        {
            Write(writes, Names.Hunt(StreamNames.HuntOf(hunt.Stream)), hunt.State, hunt.Failure, Keys.HuntChanges);
        }

        foreach (var fact in facts)
        {
            switch (fact.Data)
            {
                case HuntDrafted drafted:
                    writes.Add(Names.Hunts, drafted.HuntId, fact.Sequence);
                    break;
                case TreasureHidden hidden:
                    writes.Add(Names.HuntTreasures(hidden.HuntId), hidden.TreasureId, fact.Sequence);
                    break;
            }
        }
    }
}
