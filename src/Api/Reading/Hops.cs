using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Api;

/// <summary>What stands between the Api and each cache: a deadline for the call, and around it a breaker that stops asking what does not answer.</summary>
public sealed class Hops(MemcachedClient memcached, ReadModelRedis redis)
{
    /// <summary>A healthy cache answers in one or two milliseconds.</summary>
    public static readonly TimeSpan MemcachedDeadline = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan RedisDeadline = TimeSpan.FromMilliseconds(250);

    private readonly ResiliencePipeline _memcached = Hop(MemcachedDeadline);

    private readonly ResiliencePipeline _redis = Hop(RedisDeadline);

    public async Task<T> Redis<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellation) =>
        await _redis.ExecuteAsync(async token => await ask(redis.Database).WaitAsync(token), cancellation);

    public async Task<T> Memcached<T>(Func<MemcachedClient, CancellationToken, ValueTask<T>> ask, CancellationToken cancellation) =>
        await _memcached.ExecuteAsync(async token => await ask(memcached, token), cancellation);

    /// <summary>Whether a cache was away, rather than a fault of ours.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or MemcachedException or TimeoutRejectedException or BrokenCircuitException or TimeoutException;

    private static ResiliencePipeline Hop(TimeSpan deadline) => new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(IsOutage),
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(5),
            BreakDuration = TimeSpan.FromSeconds(1),
        })
        .AddTimeout(deadline)
        .Build();
}
