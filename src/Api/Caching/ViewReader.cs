using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>Reads views from Memcached and Redis, without the cache in memory.</summary>
public sealed class ViewReader(CacheTiers tiers, Generations generations, TimeProvider timeProvider)
{
    /// <summary>How long Memcached keeps a value from here. The projection replaces it when the view changes.</summary>
    private static readonly TimeSpan FillTtl = TimeSpan.FromMinutes(10);

    /// <summary>Reads a view from Memcached, else from Redis; null when it does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">The read model is incomplete, or the view was not writable.</exception>
    public async Task<ReadView<TView>?> ReadAsync<TView>(
        string readModel, Func<GenerationKeys, PartitionedKey> keyOf, CancellationToken cancellationToken)
        where TView : class
    {
        var cacheKey = keyOf(await generations.LiveAsync(ReadModelNames.Memcached, cancellationToken)).Name;
        CacheLease? lease = null;
        try
        {
            var cached = await tiers.QueryMemcachedAsync((memcached, token) => memcached.GetAsync(cacheKey, token), cancellationToken);
            // A view that is too large for Memcached has a placeholder in it, and its value is in Redis.
            if (cached is { Status: CacheStatus.Hit } && VersionedValue.Parse(cached.Value) is { IsNotWritable: false } hit)
            {
                return ViewOf<TView>(hit);
            }

            lease = cached.Lease;
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            // Redis has the value as well.
        }

        if (await ReadBytesAsync(readModel, keyOf, cancellationToken) is not { } bytes)
        {
            return null;
        }

        var view = Parse<TView>(bytes);
        if (lease is { } won)
        {
            var filled = bytes.Length <= tiers.MaxCachedBytes ? bytes : VersionedValue.NotWritable(view.Sequence).ToBytes();
            await FillAsync(cacheKey, won, filled, cancellationToken);
        }

        return view;
    }

    /// <summary>Reads a view from Redis; null when it does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">The read model is incomplete, or the view was not writable.</exception>
    public async Task<ReadView<TView>?> ReadRedisAsync<TView>(
        string readModel, Func<GenerationKeys, PartitionedKey> keyOf, CancellationToken cancellationToken)
        where TView : class =>
        await ReadBytesAsync(readModel, keyOf, cancellationToken) is { } bytes ? Parse<TView>(bytes) : null;

    /// <summary>Reads the members of a sorted set from Redis.</summary>
    /// <param name="last">The rank of the last member to read; -1 for all.</param>
    /// <exception cref="ReadModelUnavailableException">The read model is incomplete.</exception>
    public async Task<string[]> ReadMembersAsync(
        string readModel, Func<GenerationKeys, PartitionedKey> keyOf, long last, Order order, CancellationToken cancellationToken)
    {
        var live = await generations.LiveAsync(readModel, cancellationToken);
        var key = keyOf(live);
        var members = await ReadCompleteAsync(
            live, key.Partition, redis => redis.SortedSetRangeByRankAsync(key.Name, 0, last, order), cancellationToken);
        return Array.ConvertAll(members, member => (string)member!);
    }

    /// <summary>Reads the players with the most awards and their ranks from Redis, with the position of the last change.</summary>
    /// <exception cref="ReadModelUnavailableException">The read model is incomplete.</exception>
    public async Task<ReadView<IReadOnlyList<LeaderboardEntry>>> ReadLeaderboardAsync(
        string huntId, int top, CancellationToken cancellationToken)
    {
        var live = await generations.LiveAsync(ReadModelNames.Leaderboard, cancellationToken);
        var key = live.Leaderboard(huntId);
        var (entries, sequence) = await ReadCompleteAsync(
            live, key.Partition,
            async redis =>
            {
                // The sequence first: the entries have at least the changes up to it.
                var sequence = redis.StringGetAsync(live.LeaderboardSequence(huntId).Name);
                var entries = Ranking.ReadAsync(redis, key.Name, top);
                return (await entries, await sequence);
            },
            cancellationToken);
        return new ReadView<IReadOnlyList<LeaderboardEntry>>((long?)sequence ?? 0, Ranking.Of(entries, top), timeProvider.GetUtcNow());
    }

    /// <summary>Reads from one partition of a read model in Redis.</summary>
    /// <exception cref="ReadModelUnavailableException">The partition has no checkpoint, so values can be missing.</exception>
    public async Task<T> ReadCompleteAsync<T>(
        GenerationKeys live, int partition, Func<IDatabase, Task<T>> read, CancellationToken cancellationToken)
    {
        // The checkpoint is read last: while it exists, no value that was read before it is missing.
        var (result, isComplete) = await tiers.QueryRedisAsync(
            async redis =>
            {
                var reading = read(redis);
                var checkpoint = redis.StringGetAsync(live.Checkpoint(partition));
                return (await reading, !(await checkpoint).IsNull);
            },
            cancellationToken);
        return isComplete ? result : throw ReadModelUnavailableException.Incomplete();
    }

    /// <exception cref="ReadModelUnavailableException">The projections could not write the latest state.</exception>
    public ReadView<TView> Parse<TView>(ReadOnlyMemory<byte> bytes) => ViewOf<TView>(VersionedValue.Parse(bytes));

    private async Task<byte[]?> ReadBytesAsync(
        string readModel, Func<GenerationKeys, PartitionedKey> keyOf, CancellationToken cancellationToken)
    {
        var live = await generations.LiveAsync(readModel, cancellationToken);
        var key = keyOf(live);
        var values = await tiers.QueryRedisAsync(
            redis => redis.StringGetAsync([key.Name, live.Checkpoint(key.Partition)]), cancellationToken);
        return values is [var value, { IsNull: false }] ? value : throw ReadModelUnavailableException.Incomplete();
    }

    private ReadView<TView> ViewOf<TView>(VersionedValue value) => value.IsNotWritable
        ? throw ReadModelUnavailableException.NotWritable()
        : new ReadView<TView>(value.Sequence, value.ToView<TView>(), timeProvider.GetUtcNow());

    private async Task FillAsync(string key, CacheLease lease, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await tiers.QueryMemcachedAsync(
                (memcached, token) => memcached.FillAsync(key, lease, bytes, FillTtl, token), cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            // Another reader fills it.
        }
    }
}
