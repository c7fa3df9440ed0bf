using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Caching;

/// <summary>The caches, and the way to each of them.</summary>
public sealed class CacheTiers
{
    /// <summary>
    /// A healthy cache answers in one or two milliseconds, and whoever has something older to show waits for 50 at the most. So the
    /// deadlines tell a dead cache from one that only waits for its turn on a busy machine: taking the second for the first makes
    /// everything worse.
    /// </summary>
    public static readonly TimeSpan MemcachedTimeout = TimeSpan.FromMilliseconds(400);

    public static readonly TimeSpan RedisTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>So long after Redis refused a write it counts as full. Where claims come in, the next one finds out sooner.</summary>
    private static readonly TimeSpan RedisFullTtl = TimeSpan.FromSeconds(10);

    private static readonly Counter<long> Refused = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_redis_full", description: "Writes that Redis refused because it is full");

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
                hop => new Measurement<int>(hop.IsOpen ? 1 : 0, new KeyValuePair<string, object?>("hop", hop.Name))),
            description: "1 while the breaker before a cache lets no calls through");
    }

    /// <summary>
    /// Whether Redis refused a write in the last seconds because it is full. What it does not hold may exist all the same.
    /// </summary>
    public bool IsRedisFull => Volatile.Read(ref _fullAt) is not 0 and var at && _timeProvider.GetElapsedTime(at) < RedisFullTtl;

    /// <summary>Redis refused a write because it is full.</summary>
    public void ReportRedisFull()
    {
        Refused.Add(1);
        Volatile.Write(ref _fullAt, _timeProvider.GetTimestamp());
    }

    public ResilientCache MemcachedCalls { get; } = new("memcached", MemcachedTimeout);

    public ResilientCache RedisCalls { get; } = new("redis", RedisTimeout);

    /// <summary>The largest value that Memcached takes, in bytes.</summary>
    public int MaxCachedBytes => _memcached.MaxValueBytes;

    public Task<T> QueryRedisAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken) =>
        RedisCalls.ExecuteAsync(token => ask(_redis.Database).WaitAsync(token), cancellationToken);

    public Task<T> QueryMemcachedAsync<T>(
        Func<MemcachedClient, CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken) =>
        MemcachedCalls.ExecuteAsync(token => ask(_memcached, token).AsTask(), cancellationToken);

    /// <summary>Asks every server of both caches whether it is there.</summary>
    public Task ProbeAsync(CancellationToken cancellationToken) => Task.WhenAll(
        MemcachedCalls.ProbeAsync(token => _memcached.IsAliveAsync(token).AsTask(), cancellationToken),
        RedisCalls.ProbeAsync(token => _redis.IsAliveAsync().WaitAsync(token), cancellationToken));

    /// <summary>Whether a cache gave no answer, rather than a fault of ours.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or MemcachedException or TimeoutRejectedException or BrokenCircuitException or TimeoutException;

    /// <summary>
    /// Whether a cache that is there did not take this one request: this process asked for too much at once, or Redis is full. It
    /// says nothing about other requests, so the breaker does not count it.
    /// </summary>
    public static bool IsOverload(Exception exception) =>
        exception is MemcachedException { Failure: MemcachedFailure.Overloaded } || IsFull(exception);

    /// <summary>Whether Redis refused a write because it is full. Reads go on.</summary>
    public static bool IsFull(Exception exception) =>
        exception is RedisServerException && exception.Message.StartsWith("OOM", StringComparison.Ordinal);
}
