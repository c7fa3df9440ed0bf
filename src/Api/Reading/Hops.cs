using System.Diagnostics.Metrics;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api;

/// <summary>The caches, and the way to each of them.</summary>
public sealed class Hops
{
    /// <summary>
    /// A healthy cache answers in one or two milliseconds, and whoever has something older to show waits for 50 at the most. So the deadlines
    /// tell a dead cache from one that only waits for its turn on a busy machine: taking the second for the first makes everything worse.
    /// </summary>
    public static readonly TimeSpan MemcachedDeadline = TimeSpan.FromMilliseconds(400);

    public static readonly TimeSpan RedisDeadline = TimeSpan.FromMilliseconds(500);

    private readonly MemcachedClient _memcached;
    private readonly ReadModelRedis _redis;

    public Hops(MemcachedClient memcached, ReadModelRedis redis)
    {
        (_memcached, _redis) = (memcached, redis);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_breaker_open",
            () => new[] { ToMemcached, ToRedis }.Select(hop => new Measurement<int>(hop.IsOpen ? 1 : 0, new KeyValuePair<string, object?>("hop", hop.Name))),
            description: "1 while the breaker before a cache lets no calls through");
    }

    public Hop ToMemcached { get; } = new("memcached", MemcachedDeadline);

    public Hop ToRedis { get; } = new("redis", RedisDeadline);

    public Task<T> Redis<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellation) =>
        ToRedis.Ask(token => ask(_redis.Database).WaitAsync(token), cancellation);

    public Task<T> Memcached<T>(Func<MemcachedClient, CancellationToken, ValueTask<T>> ask, CancellationToken cancellation) =>
        ToMemcached.Ask(token => ask(_memcached, token).AsTask(), cancellation);

    /// <summary>Asks every server of both caches whether it is there.</summary>
    public Task Probe(CancellationToken cancellation) => Task.WhenAll(
        ToMemcached.Probe(token => _memcached.IsAliveAsync(token).AsTask(), cancellation),
        ToRedis.Probe(token => _redis.IsAliveAsync().WaitAsync(token), cancellation));

    /// <summary>Whether a cache was away, rather than a fault of ours.</summary>
    public static bool IsOutage(Exception exception) =>
        exception is RedisException or MemcachedException or TimeoutRejectedException or BrokenCircuitException or TimeoutException;
}
