using Polly;
using Polly.Retry;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>Reads the read models through the cache in memory, Memcached and Redis.</summary>
/// <remarks>
/// Each method except <see cref="OutcomeOfAsync"/> throws <see cref="ReadModelUnavailableException"/> when no cache can answer.
/// </remarks>
public sealed class ReadModelReader(LocalViewCache cache, ViewReader views, CacheTiers tiers, ClaimLookups claims)
{
    /// <summary>
    /// Views that one caller reads concurrently. A hunt with a thousand treasures must not use up the requests that this process may
    /// have in progress at a cache.
    /// </summary>
    public const int MaxConcurrentReads = 500;

    /// <summary>
    /// For reads of claims, which only Redis can answer: with a full processor one answer can be late. An open circuit ends the attempts.
    /// </summary>
    private static readonly ResiliencePipeline LateAnswers = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.Zero,
            ShouldHandle = new PredicateBuilder().Handle<TimeoutException>().Handle<TimeoutRejectedException>(),
        })
        .Build();

    public ValueTask<ReadView<HuntView>?> HuntAsync(string huntId, CancellationToken cancellationToken) =>
        ViewAsync<HuntView>(ViewName.OfHunt(huntId), ReadModelNames.Hunts, live => live.Hunt(huntId), cancellationToken);

    public ValueTask<ReadView<TreasureView>?> TreasureAsync(string treasureId, CancellationToken cancellationToken) =>
        ViewAsync<TreasureView>(
            ViewName.OfTreasure(treasureId), ReadModelNames.Treasures, live => live.Treasure(treasureId), cancellationToken);

    /// <summary>Ids of a hunt's treasures, in the order in which they were hidden.</summary>
    public ValueTask<string[]> TreasuresOfAsync(string huntId, CancellationToken cancellationToken) => CachedAsync(
        $"hunt-treasures:{huntId}",
        token => views.ReadMembersAsync(ReadModelNames.Hunts, live => live.HuntTreasures(huntId), -1, Order.Ascending, token),
        cancellationToken);

    /// <summary>Ids of the latest hunts, newest first.</summary>
    public ValueTask<string[]> LatestHuntsAsync(int count, CancellationToken cancellationToken) => CachedAsync(
        "hunts", token => views.ReadMembersAsync(ReadModelNames.Hunts, live => live.Hunts, count - 1, Order.Descending, token),
        cancellationToken);

    /// <summary>The players with the most awards and their ranks, with the position of the last change.</summary>
    public ValueTask<ReadView<IReadOnlyList<LeaderboardEntry>>> LeaderboardAsync(
        string huntId, int top, CancellationToken cancellationToken) => CachedAsync(
        $"leaderboard:{huntId}:{top}",
        token => views.ReadLeaderboardAsync(huntId, top, token),
        cancellationToken);

    /// <summary>The outcome of a claim; null while it has none, and while the read models are unavailable.</summary>
    public async Task<ClaimView?> OutcomeOfAsync(Guid claimId)
    {
        try
        {
            return await ClaimAsync(claimId) is { View: { Outcome: not Outcomes.Pending } decided } ? decided : null;
        }
        catch (ReadModelUnavailableException)
        {
            return null;
        }
    }

    /// <summary>A claim; null when it does not exist. It is read from Redis, because only one player reads each claim.</summary>
    /// <param name="upTo">
    /// The position that the read model must have reached to report that the claim does not exist; otherwise it is unavailable.
    /// </param>
    public ValueTask<ReadView<ClaimView>?> ClaimAsync(Guid claimId, long upTo = 0) =>
        GuardedAsync(async () => await RepeatedAsync(() => claims.FindAsync(claimId)) switch
        {
            { Decided: { IsNull: false } decided } => views.Parse<ClaimView>((byte[])decided!),
            { Pending: { IsNull: false } pending } => views.Parse<ClaimView>((byte[])pending!),
            // A full Redis has refused both the mark of a pending claim and its outcome.
            { Checkpoint: var checkpoint } when checkpoint.IsNull || (long)checkpoint < upTo || tiers.IsRedisFull =>
                throw ReadModelUnavailableException.Incomplete(),
            _ => null,
        });

    /// <summary>A player's latest claims, newest first.</summary>
    public ValueTask<IReadOnlyList<ReadView<ClaimView>>> ClaimsOfAsync(string playerId, int top, CancellationToken cancellationToken) =>
        GuardedAsync<IReadOnlyList<ReadView<ClaimView>>>(async () =>
        {
            var ids = await RepeatedAsync(() => views.ReadMembersAsync(
                ReadModelNames.Claims, live => live.PlayerClaims(playerId), top - 1, Order.Descending, cancellationToken));
            var claims = await Task.WhenAll(ids.Select(id => ClaimAsync(Guid.ParseExact(id, "N")).AsTask()));
            return claims.OfType<ReadView<ClaimView>>().ToList();
        });

    // The key in memory is the same for all generations: reads stay monotonic when readers change to another generation.
    private ValueTask<ReadView<TView>?> ViewAsync<TView>(
        string name, string readModel, Func<GenerationKeys, PartitionedKey> keyOf, CancellationToken cancellationToken)
        where TView : class => cache.FindPushed<TView>(name) is { } view
        ? new ValueTask<ReadView<TView>?>(view)
        : GuardedAsync(() => cache.GetViewAsync(
            name,
            () => views.ReadRedisAsync<TView>(readModel, keyOf, CancellationToken.None),
            () => views.ReadAsync<TView>(readModel, keyOf, CancellationToken.None),
            cancellationToken));

    private ValueTask<T> CachedAsync<T>(string cacheKey, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        GuardedAsync(() => cache.GetAsync(cacheKey, () => read(CancellationToken.None), cancellationToken));

    private static ValueTask<T> RepeatedAsync<T>(Func<Task<T>> read) => LateAnswers.ExecuteAsync(async _ => await read());

    private static async ValueTask<T> GuardedAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }
}
