using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Caching;

/// <summary>Memcached and Redis, each behind a timeout and a circuit breaker.</summary>
public sealed class CacheTiers
{
    /// <summary>
    /// A healthy cache answers in one or two milliseconds, and a caller with an older value waits for 50 ms at most. So these timeouts are
    /// long enough for a cache on a busy machine: a request that is retried elsewhere because of a timeout adds load.
    /// </summary>
    private static readonly TimeSpan MemcachedTimeout = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan RedisTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>How long Redis counts as full after it refused a write. While claims arrive, the next one renews this sooner.</summary>
    private static readonly TimeSpan RedisFullTtl = TimeSpan.FromSeconds(10);

    private static readonly Counter<long> RefusedWrites = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_redis_full", description: "Writes that Redis refused because it is full");

    private static readonly Counter<long> Queries = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_cache_queries", description: "Queries of the read models that the memory could not answer, by cache");

    private readonly MemcachedClient _memcached;
    private readonly ReadModelRedis _redis;
    private readonly TimeProvider _timeProvider;
    private long _fullAt;

    public CacheTiers(MemcachedClient memcached, ReadModelRedis redis, TimeProvider timeProvider)
    {
        (_memcached, _redis, _timeProvider) = (memcached, redis, timeProvider);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_breaker_open",
            () => new[] { MemcachedCalls, RedisCalls }.Select(
                cache => new Measurement<int>(cache.IsOpen ? 1 : 0, new KeyValuePair<string, object?>("hop", cache.Name))),
            description: "1 while the circuit breaker of a cache is open");
    }

    public ResilientCache MemcachedCalls { get; } = new("memcached", MemcachedTimeout);

    public ResilientCache RedisCalls { get; } = new("redis", RedisTimeout);

    /// <summary>
    /// Whether Redis refused a write in the last seconds because it is full. A missing key does not mean "not found" then.
    /// </summary>
    public bool IsRedisFull => Volatile.Read(ref _fullAt) is not 0 and var at && _timeProvider.GetElapsedTime(at) < RedisFullTtl;

    /// <summary>The largest value that Memcached accepts, in bytes.</summary>
    public int MaxCachedBytes => _memcached.MaxValueBytes;

    /// <summary>Records that Redis refused a write because it is full.</summary>
    public void ReportRedisFull()
    {
        RefusedWrites.Add(1);
        Volatile.Write(ref _fullAt, _timeProvider.GetTimestamp());
    }

    public Task<T> QueryRedisAsync<T>(Func<IDatabase, Task<T>> query, CancellationToken cancellationToken) =>
        QueryRedisAsync((redis, token) => query(redis).WaitAsync(token), cancellationToken);

    /// <param name="query">It must end when its token is cancelled.</param>
    public Task<T> QueryRedisAsync<T>(Func<IDatabase, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        Queries.Add(1, new KeyValuePair<string, object?>("hop", RedisCalls.Name));
        return RedisCalls.ExecuteAsync(token => query(_redis.Database, token), cancellationToken);
    }

    public Task<T> QueryMemcachedAsync<T>(
        Func<MemcachedClient, CancellationToken, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        Queries.Add(1, new KeyValuePair<string, object?>("hop", MemcachedCalls.Name));
        return MemcachedCalls.ExecuteAsync(token => query(_memcached, token).AsTask(), cancellationToken);
    }

    /// <summary>Checks every server of both caches.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) => Task.WhenAll(
        MemcachedCalls.ProbeAsync(token => _memcached.IsAliveAsync(token).AsTask(), cancellationToken),
        RedisCalls.ProbeAsync(token => _redis.IsAliveAsync().WaitAsync(token), cancellationToken));

    /// <summary>Whether a cache did not answer. Any other exception is a bug.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or MemcachedException or TimeoutRejectedException or BrokenCircuitException or TimeoutException;

    /// <summary>
    /// Whether a cache refused this one request: this process has too many requests in progress, or Redis is full. Other requests may
    /// succeed, so the circuit breaker does not count it.
    /// </summary>
    public static bool IsOverload(Exception exception) =>
        exception is MemcachedException { Failure: MemcachedFailure.Overloaded } || IsFull(exception);

    /// <summary>Whether Redis refused a write because it is full. Reads still succeed.</summary>
    public static bool IsFull(Exception exception) =>
        exception is RedisServerException && exception.Message.StartsWith("OOM", StringComparison.Ordinal);
}
