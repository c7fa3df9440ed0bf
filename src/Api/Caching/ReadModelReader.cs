using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>No cache could answer for all that is asked, and none of them ever did for this key.</summary>
public sealed class ReadModelUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    public ReadModelUnavailableException(Exception inner)
        : this("No cache can answer.", inner)
    {
    }

    /// <summary>Redis answers, but has lost something: what is not there may exist all the same.</summary>
    public static ReadModelUnavailableException Incomplete() => new("The read model is being built again.");
}

/// <summary>Something read: the log position that it is true for, and when this process took it from a cache.</summary>
public abstract record ReadView(long Sequence, DateTimeOffset TakenAt);

/// <summary>A view as it was read.</summary>
public sealed record ReadView<TView>(long Sequence, TView View, DateTimeOffset TakenAt) : ReadView(Sequence, TakenAt);

/// <summary>Reads views through <c>L1 ▸ Memcached ▸ Redis</c>.</summary>
public sealed class ReadModelReader(
    LocalViewCache l1, CacheTiers hops, ReadModelKeys keys, Generations generations, TimeProvider timeProvider)
{
    /// <summary>
    /// Views that one caller reads at once: a hunt with thousands of treasures must not use up what a cache takes from this process.
    /// </summary>
    public const int MaxAtOnce = 500;

    /// <summary>How long Memcached keeps what a reader put there; the projection replaces it when something happens.</summary>
    private static readonly TimeSpan FillLife = TimeSpan.FromMinutes(10);

    public ValueTask<ReadView<HuntView>?> HuntAsync(string huntId, CancellationToken cancellationToken) =>
        ViewAsync<HuntView>($"hunt:{huntId}", ReadModelNames.Hunts, live => live.Hunt(huntId), cancellationToken);

    public ValueTask<ReadView<TreasureView>?> TreasureAsync(string treasureId, CancellationToken cancellationToken) =>
        ViewAsync<TreasureView>($"treasure:{treasureId}", ReadModelNames.Treasures, live => live.Treasure(treasureId), cancellationToken);

    /// <summary>Ids of a hunt's treasures, in the order in which they were hidden.</summary>
    public ValueTask<string[]> TreasuresOfAsync(string huntId, CancellationToken cancellationToken) => CachedAsync(
        $"hunt-treasures:{huntId}",
        token => MembersAsync(ReadModelNames.Hunts, live => live.HuntTreasures(huntId), -1, Order.Ascending, token), cancellationToken);

    /// <summary>Ids of the latest hunts, newest first.</summary>
    public ValueTask<string[]> LatestHuntsAsync(int count, CancellationToken cancellationToken) => CachedAsync(
        "hunts", token => MembersAsync(ReadModelNames.Hunts, live => live.Hunts, count - 1, Order.Descending, token), cancellationToken);

    /// <summary>The players with the most awards and their ranks, and the log position of the last change.</summary>
    public ValueTask<ReadView<IReadOnlyList<LeaderboardEntry>>> LeaderboardAsync(
        string huntId, int top, CancellationToken cancellationToken) => CachedAsync(
        $"leaderboard:{huntId}:{top}",
        async token =>
        {
            var live = await generations.LiveAsync(ReadModelNames.Leaderboard, token);
            var key = live.Leaderboard(huntId);
            var (entries, sequence) = await CompleteAsync(live, key.Partition, async redis =>
            {
                var entries = Ranking.ReadAsync(redis, key.Name, top);
                var sequence = redis.StringGetAsync(live.LeaderboardSequence(huntId).Name);
                return (await entries, await sequence);
            }, token);
            return new ReadView<IReadOnlyList<LeaderboardEntry>>((long?)sequence ?? 0, Ranking.Of(entries, top), timeProvider.GetUtcNow());
        },
        cancellationToken);

    /// <summary>The outcome of a claim; null while there is none, and while the read models cannot tell.</summary>
    public async Task<ClaimView?> OutcomeOfAsync(Guid claimId, CancellationToken cancellationToken)
    {
        try
        {
            return await ClaimAsync(claimId, cancellationToken) is { View: { Outcome: not Outcomes.Pending } decided } ? decided : null;
        }
        catch (ReadModelUnavailableException)
        {
            return null;
        }
    }

    /// <summary>A claim, straight from Redis: each is asked for by one player. Null when there is none.</summary>
    /// <param name="upTo">Log position that its absence must be true for; a model that has not come so far cannot say.</param>
    public async ValueTask<ReadView<ClaimView>?> ClaimAsync(Guid claimId, CancellationToken cancellationToken, long upTo = 0)
    {
        try
        {
            var live = await generations.LiveAsync(ReadModelNames.Claims, cancellationToken);
            var key = live.Claim(claimId);
            var values = await hops.QueryRedisAsync(
                redis => redis.StringGetAsync([key.Name, keys.Pending(claimId), live.Checkpoint(key.Partition)]), cancellationToken);
            return values switch
            {
                [{ IsNull: false } decided, ..] => Take<ClaimView>((byte[])decided!),
                [_, { IsNull: false } pending, _] => Take<ClaimView>((byte[])pending!),
                // A full Redis took neither the mark of a claim nor its outcome.
                [_, _, var marker] when marker.IsNull || (long)marker < upTo || hops.IsRedisFull =>
                    throw ReadModelUnavailableException.Incomplete(),
                _ => null,
            };
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    /// <summary>A player's latest claims, newest first.</summary>
    public async ValueTask<IReadOnlyList<ReadView<ClaimView>>> ClaimsOfAsync(string playerId, int top, CancellationToken cancellationToken)
    {
        try
        {
            var ids =
                await MembersAsync(
                    ReadModelNames.Claims, live => live.PlayerClaims(playerId), top - 1, Order.Descending, cancellationToken);
            var claims = await Task.WhenAll(ids.Select(id => ClaimAsync(Guid.ParseExact(id, "N"), cancellationToken).AsTask()));
            return claims.OfType<ReadView<ClaimView>>().ToList();
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    // Known by its own name, whatever generation it came from: what was seen stays seen when readers go over to another.
    private ValueTask<ReadView<TView>?> ViewAsync<TView>(
        string name, string readModel, Func<GenerationKeys, PartitionedKey> key, CancellationToken cancellationToken)
        where TView : class => CachedAsync(name, token => FetchAsync<TView>(readModel, key, token), cancellationToken);

    private async ValueTask<T> CachedAsync<T>(string name, Func<CancellationToken, Task<T>> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await l1.GetAsync(name, () => fetch(CancellationToken.None), cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    private async Task<ReadView<TView>?> FetchAsync<TView>(
        string readModel, Func<GenerationKeys, PartitionedKey> name, CancellationToken cancellationToken)
        where TView : class
    {
        var cached = name(await generations.LiveAsync(ReadModelNames.Memcached, cancellationToken)).Name;
        CacheLease? lease = null;
        try
        {
            var read = await hops.QueryMemcachedAsync((memcached, token) => memcached.GetAsync(cached, token), cancellationToken);
            // Memcached does not take some views: then a mark says that Redis has it.
            if (read is { Status: CacheStatus.Hit, Stale: false } && VersionedValue.Parse(read.Value) is { IsNotWritable: false } value)
            {
                return Take<TView>(value);
            }

            lease = read.Lease;
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            // Redis knows as well.
        }

        var live = await generations.LiveAsync(readModel, cancellationToken);
        var key = name(live);
        var values =
            await hops.QueryRedisAsync(redis => redis.StringGetAsync([key.Name, live.Checkpoint(key.Partition)]), cancellationToken);
        if (values[1].IsNull)
        {
            throw ReadModelUnavailableException.Incomplete();
        }

        if (values[0].IsNull)
        {
            return null;
        }

        var bytes = (byte[])values[0]!;
        var seen = Take<TView>(bytes);
        if (lease is { } right)
        {
            await FillAsync(
                cached, right, bytes.Length <= hops.MaxCachedBytes ? bytes : VersionedValue.NotWritable(seen.Sequence).ToBytes(),
                cancellationToken);
        }

        return seen;
    }

    private async Task<string[]> MembersAsync(
        string readModel, Func<GenerationKeys, PartitionedKey> name, long last, Order order, CancellationToken cancellationToken)
    {
        var live = await generations.LiveAsync(readModel, cancellationToken);
        var key = name(live);
        var members =
            await CompleteAsync(live, key.Partition, redis => redis.SortedSetRangeByRankAsync(key.Name, 0, last, order), cancellationToken);
        return Array.ConvertAll(members, member => (string)member!);
    }

    // The marker is asked for last: what was there before it was there is all there was.
    private async Task<T> CompleteAsync<T>(
        GenerationKeys live, int partition, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        var (answer, complete) = await hops.QueryRedisAsync(
            async redis =>
            {
                var asked = ask(redis);
                var marker = redis.StringGetAsync(live.Checkpoint(partition));
                return (await asked, !(await marker).IsNull);
            },
            cancellationToken);
        return complete ? answer : throw ReadModelUnavailableException.Incomplete();
    }

    private async Task FillAsync(string key, CacheLease lease, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await hops.QueryMemcachedAsync(
                (memcached, token) => memcached.FillAsync(key, lease, bytes, FillLife, token), cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            // Somebody else fills it.
        }
    }

    /// <exception cref="ReadModelUnavailableException">The projections could not write the latest state.</exception>
    private ReadView<TView> Take<TView>(ReadOnlyMemory<byte> bytes) => Take<TView>(VersionedValue.Parse(bytes));

    private ReadView<TView> Take<TView>(VersionedValue value) => value.IsNotWritable
        ? throw new ReadModelUnavailableException("The latest state could not be written.")
        : new ReadView<TView>(value.Sequence, value.View<TView>(), timeProvider.GetUtcNow());
}
