using StackExchange.Redis;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Api;

/// <summary>No cache could answer, and none of them ever did for this key.</summary>
public sealed class ReadModelUnavailableException(Exception inner) : Exception("No cache can answer.", inner);

/// <summary>Something read: the log position that it is true for, and when this process took it from a cache.</summary>
public abstract record Seen(long Sequence, DateTimeOffset TakenAt);

/// <summary>A view as it was read.</summary>
public sealed record Seen<TView>(long Sequence, TView View, DateTimeOffset TakenAt) : Seen(Sequence, TakenAt);

/// <summary>Reads views through <c>L1 ▸ Memcached ▸ Redis</c>.</summary>
public sealed class ReadModels(L1 l1, Hops hops, Keys keys, TimeProvider time)
{
    /// <summary>How long Memcached keeps what a reader put there; the projection replaces it when something happens.</summary>
    private static readonly TimeSpan FillLife = TimeSpan.FromMinutes(10);

    public ValueTask<Seen<HuntView>?> Hunt(string huntId, CancellationToken cancellation) => View<HuntView>(keys.Hunt(huntId), cancellation);

    public ValueTask<Seen<TreasureView>?> Treasure(string treasureId, CancellationToken cancellation) =>
        View<TreasureView>(keys.Treasure(treasureId), cancellation);

    /// <summary>Ids of a hunt's treasures, in the order in which they were hidden.</summary>
    public ValueTask<string[]> TreasuresOf(string huntId, CancellationToken cancellation) => Cached(
        keys.HuntTreasures(huntId),
        async token => Strings(await hops.Redis(redis => redis.SortedSetRangeByRankAsync(keys.HuntTreasures(huntId)), token)),
        cancellation);

    /// <summary>Ids of the latest hunts, newest first.</summary>
    public ValueTask<string[]> LatestHunts(int count, CancellationToken cancellation) => Cached(
        keys.Hunts,
        async token => Strings(await hops.Redis(redis => redis.SortedSetRangeByRankAsync(keys.Hunts, 0, count - 1, Order.Descending), token)),
        cancellation);

    /// <summary>The players with the most awards, and the log position of the count.</summary>
    public ValueTask<Seen<(string PlayerId, int Awards)[]>> Leaderboard(string huntId, int top, CancellationToken cancellation) => Cached(
        $"{keys.Leaderboard(huntId)}:{top}",
        async token => await hops.Redis(
            async redis =>
            {
                var entries = redis.SortedSetRangeByRankWithScoresAsync(keys.Leaderboard(huntId), 0, top - 1, Order.Descending);
                var sequence = redis.StringGetAsync(keys.LeaderboardSequence(huntId));
                return new Seen<(string, int)[]>(
                    (long?)await sequence ?? 0, (await entries).Select(entry => ((string)entry.Element!, (int)entry.Score)).ToArray(), time.GetUtcNow());
            },
            token),
        cancellation);

    /// <summary>A claim, straight from Redis: each is asked for by one player. Null when there is none.</summary>
    public async ValueTask<Seen<ClaimView>?> Claim(Guid claimId, CancellationToken cancellation)
    {
        try
        {
            var value = await hops.Redis(redis => redis.StringGetAsync(keys.Claim(claimId)), cancellation);
            return value.IsNull ? null : Take<ClaimView>((byte[])value!);
        }
        catch (Exception exception) when (Hops.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    /// <summary>A player's latest claims, newest first.</summary>
    public async ValueTask<IReadOnlyList<Seen<ClaimView>>> ClaimsOf(string playerId, int top, CancellationToken cancellation)
    {
        try
        {
            var ids = await hops.Redis(
                redis => redis.SortedSetRangeByRankAsync(keys.PlayerClaims(playerId), 0, top - 1, Order.Descending), cancellation);
            var claims = await Task.WhenAll(ids.Select(id => Claim(Guid.ParseExact((string)id!, "N"), cancellation).AsTask()));
            return claims.OfType<Seen<ClaimView>>().ToList();
        }
        catch (Exception exception) when (Hops.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    private ValueTask<Seen<TView>?> View<TView>(string key, CancellationToken cancellation)
        where TView : class => Cached(key, token => Fetch<TView>(key, token), cancellation);

    private async ValueTask<T> Cached<T>(string key, Func<CancellationToken, Task<T>> fetch, CancellationToken cancellation)
    {
        try
        {
            return await l1.Get(key, () => fetch(CancellationToken.None), cancellation);
        }
        catch (Exception exception) when (Hops.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    private async Task<Seen<TView>?> Fetch<TView>(string key, CancellationToken cancellation)
        where TView : class
    {
        CacheLease? lease = null;
        try
        {
            var read = await hops.Memcached((memcached, token) => memcached.GetAsync(key, token), cancellation);
            if (read is { Status: CacheStatus.Hit, Stale: false })
            {
                return Take<TView>(read.Value);
            }

            lease = read.Lease;
        }
        catch (Exception exception) when (Hops.IsOutage(exception))
        {
            // Redis knows as well.
        }

        var value = await hops.Redis(redis => redis.StringGetAsync(key), cancellation);
        if (value.IsNull)
        {
            return null;
        }

        var bytes = (byte[])value!;
        if (lease is { } right)
        {
            await Fill(key, right, bytes, cancellation);
        }

        return Take<TView>(bytes);
    }

    private async Task Fill(string key, CacheLease lease, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            await hops.Memcached((memcached, token) => memcached.FillAsync(key, lease, bytes, FillLife, token), cancellation);
        }
        catch (Exception exception) when (Hops.IsOutage(exception))
        {
            // Somebody else fills it.
        }
    }

    private Seen<TView> Take<TView>(ReadOnlyMemory<byte> bytes)
    {
        var value = StampedValue.Parse(bytes);
        return new Seen<TView>(value.Sequence, value.View<TView>(), time.GetUtcNow());
    }

    private static string[] Strings(RedisValue[] values) => Array.ConvertAll(values, value => (string)value!);
}
