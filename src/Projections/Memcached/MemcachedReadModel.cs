using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Folding;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Treasures;

namespace TreasureHunt.Projections.Memcached;

/// <summary>Keeps what is read most, hunts and treasures, in Memcached: the same folds as in Redis, on a shard of their own.</summary>
public sealed class MemcachedReadModel(int generation, MemcachedClient memcached, Keys keys, FactReader log) : IReadModel
{
    /// <summary>How long a value stays when nothing happens to it; a reader then fills it again from Redis.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>The longest that Memcached can be told.</summary>
    private static readonly TimeSpan MarkerLife = TimeSpan.FromDays(30);

    private readonly GenerationKeys _names = keys.In(ReadModelNames.Memcached, generation);
    private readonly StreamFolds<HuntView> _hunts = new(log, HuntFold.Fold);
    private readonly StreamFolds<TreasureView> _treasures = new(log, TreasureFold.Fold);

    public int Generation => generation;

    private string Marker => _names.Marker(0);

    public static bool Includes(Type type) => type != typeof(ClaimRefused);

    public async Task<bool> Apply(Page page, bool live, CancellationToken cancellation)
    {
        var hunts = await _hunts.Advance(page.Facts.Where(fact => fact.Data is IHuntEvent), cancellation);
        var treasures = await _treasures.Advance(page.Facts.Where(fact => fact.Data is ITreasureEvent), cancellation);
        var complete = page.After == 0 || await Progress(cancellation) >= page.After;
        // What one page sees is the whole state of what it touches: it is true whatever else was lost.
        await Task.WhenAll(hunts.Select(hunt => Set(_names.Hunt(hunt.View!.HuntId).Name, Stamp.Of(hunt.Sequence, hunt.View), Life))
            .Concat(treasures.Select(treasure => Set(_names.Treasure(treasure.View!.TreasureId).Name, Stamp.Of(treasure.Sequence, treasure.View), Life))));
        if (complete)
        {
            await Set(Marker, new StampedValue(page.UpTo, ReadOnlyMemory<byte>.Empty), MarkerLife);
        }

        return complete;

        async Task Set(string key, StampedValue value, TimeSpan life) => await memcached.SetIfNewerAsync(key, value, life, cancellation);
    }

    public async Task<long?> Progress(CancellationToken cancellation)
    {
        var marker = await memcached.GetAsync(Marker, cancellation);
        return marker.Status == CacheStatus.Hit ? StampedValue.Parse(marker.Value).Sequence : null;
    }
}
