using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Treasures;

/// <summary>Keeps each treasure in Redis: one write a treasure and page, however many units went in it.</summary>
public sealed class TreasuresReadModel(
    int generation, ReadModelRedis redis, ReadModelKeys keys, RecordedEventReader log, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Treasures, generation, redis, keys, isolated)
{
    private readonly StreamStates<TreasureView> _treasures = new(log, TreasureViewProjection.Fold);

    public static bool Includes(Type type) => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused);

    protected override async Task FoldAsync(
        IReadOnlyList<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        foreach (var treasure in await _treasures.AdvanceAsync(facts, cancellationToken))
        {
            Write(writes, Names.Treasure(StreamNames.TreasureOf(treasure.Stream)), treasure.State, treasure.Failure, Keys.TreasureChanges);
        }
    }
}
