using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections.Folding;

namespace TreasureHunt.Projections.Treasures;

/// <summary>Keeps each treasure in Redis: one write a treasure and page, however many units went in it.</summary>
public sealed class TreasuresSubscription(GuardedRedis redis, Keys keys, Lag lag)
    : ReadModelSubscription(ReadModelNames.Treasures, lag, type => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused))
{
    private readonly StreamFolds<TreasureView> _treasures = new(TreasureFold.Fold);

    protected override async Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation)
    {
        var treasures = await _treasures.Advance(events, log, cancellation);
        await Task.WhenAll(treasures.Select(treasure => redis.Set(keys.Treasure(treasure.View!.TreasureId), Stamp.Of(treasure.Sequence, treasure.View))));
        redis.Tell(keys.TreasureChanges, treasures);
        await redis.Progress(keys.Progress(Name), ceiling);
    }
}
