using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using StackExchange.Redis;
using TreasureHunt.Platform.Hosting;
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
            // The library's own pause is up to 400 ms, which leaves a popular treasure idle between two claims; much less, and
            // the many who wait take the processor from the one who works.
            new RedLockRetryConfiguration(retryCount: 3, retryDelayMs: 100)));
    }
}
