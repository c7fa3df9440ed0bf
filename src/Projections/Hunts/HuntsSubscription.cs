using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections.Folding;

namespace TreasureHunt.Projections.Hunts;

/// <summary>Keeps each hunt, its list of treasures and the list of hunts in Redis.</summary>
public sealed class HuntsSubscription(GuardedRedis redis, Keys keys, Lag lag)
    : ReadModelSubscription(ReadModelNames.Hunts, lag, type => type.IsAssignableTo(typeof(IHuntEvent)) || type == typeof(TreasureHidden))
{
    private readonly StreamFolds<HuntView> _hunts = new(HuntFold.Fold);

    protected override async Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation)
    {
        var hunts = await _hunts.Advance(events.Where(e => e.Data is IHuntEvent), log, cancellation);
        var writes = hunts.Select(hunt => redis.Set(keys.Hunt(hunt.View!.HuntId), Stamp.Of(hunt.Sequence, hunt.View)))
            .Concat(events.Select(e => e.Data switch
            {
                HuntDrafted drafted => redis.Add(keys.Hunts, drafted.HuntId, e.Sequence),
                TreasureHidden hidden => redis.Add(keys.HuntTreasures(hidden.HuntId), hidden.TreasureId, e.Sequence),
                _ => Task.CompletedTask,
            }));
        await Task.WhenAll(writes);
        redis.Tell(keys.HuntChanges, hunts);
        await redis.Progress(keys.Progress(Name), ceiling);
    }
}
