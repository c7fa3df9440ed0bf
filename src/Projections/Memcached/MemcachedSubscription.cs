using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections.Folding;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Treasures;

namespace TreasureHunt.Projections.Memcached;

/// <summary>Keeps what is read most, hunts and treasures, in Memcached: the same folds as in Redis, on a shard of their own.</summary>
public sealed class MemcachedSubscription(MemcachedClient memcached, Keys keys, Lag lag)
    : ReadModelSubscription(ReadModelNames.Memcached, lag, Includes)
{
    /// <summary>How long a value stays when nothing happens to it; a reader then fills it again from Redis.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly StreamFolds<HuntView> _hunts = new(HuntFold.Fold);
    private readonly StreamFolds<TreasureView> _treasures = new(TreasureFold.Fold);

    protected override async Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation)
    {
        var hunts = await _hunts.Advance(events.Where(e => e.Data is IHuntEvent), log, cancellation);
        var treasures = await _treasures.Advance(events.Where(e => e.Data is ITreasureEvent), log, cancellation);
        var writes = hunts.Select(hunt => Set(keys.Hunt(hunt.View!.HuntId), Stamp.Of(hunt.Sequence, hunt.View)))
            .Concat(treasures.Select(treasure => Set(keys.Treasure(treasure.View!.TreasureId), Stamp.Of(treasure.Sequence, treasure.View))))
            .Append(Set(keys.Progress(Name), new StampedValue(ceiling, ReadOnlyMemory<byte>.Empty)));
        await Task.WhenAll(writes);

        async Task Set(string key, StampedValue value) => await memcached.SetIfNewerAsync(key, value, Life, cancellation);
    }

    private static bool Includes(Type type) => type != typeof(ClaimRefused);
}
