using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using StackExchange.Redis;
using TreasureHunt.Peers.Front;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Peers.ByTheBook;

/// <summary>A lock factory over the independent masters.</summary>
internal static class Redlock
{
    public static IServiceCollection AddRedlock(this IServiceCollection services, IConfiguration configuration)
    {
        var masters = configuration.Required("RedisLocks", "the lock masters").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return services.AddSingleton<IDistributedLockFactory>(_ => RedLockFactory.Create(
            [.. masters.Select(master => new RedLockMultiplexer(ConnectionMultiplexer.Connect(RedisOptions.Parse(master))))],
            // The library's default delay is up to 400 ms, in which a popular treasure is idle between two claims. With a much
            // shorter one the waiting callers take the processor from the holder of the lock.
            new RedLockRetryConfiguration(retryCount: 3, retryDelayMs: 100)));
    }
}
