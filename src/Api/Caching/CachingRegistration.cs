using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>The read path: <c>L1 ▸ Memcached ▸ Redis</c>.</summary>
public static class CachingRegistration
{
    public static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddFusionCache().WithMemoryCache(_ => LocalViewCache.Memory()).WithOptions(cache =>
        {
            // In an outage, several lines for each key and moment; the level of service is told by itself.
            cache.FailSafeActivationLogLevel = LogLevel.Debug;
            cache.FactoryErrorsLogLevel = LogLevel.Debug;
            cache.FactorySyntheticTimeoutsLogLevel = LogLevel.Debug;
        });
        return services.AddSingleton<CacheTiers>().AddSingleton<LocalViewCache>().AddSingleton<Generations>()
            .AddSingleton<ReadModelReader>();
    }
}
