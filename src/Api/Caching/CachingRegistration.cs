using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>Registers the read path: memory, where changes are pushed, then Memcached, then Redis.</summary>
public static class CachingRegistration
{
    public static IServiceCollection AddReadModelCaching(this IServiceCollection services, CachingOptions options)
    {
        services.AddFusionCache().WithMemoryCache(_ => LocalViewCache.CreateMemoryCache(options)).WithOptions(cache =>
        {
            // In an outage these would be several lines for each key. The service level is logged once instead.
            cache.FailSafeActivationLogLevel = LogLevel.Debug;
            cache.FactoryErrorsLogLevel = LogLevel.Debug;
            cache.FactorySyntheticTimeoutsLogLevel = LogLevel.Debug;
        });
        return services.AddSingleton<CacheTiers>().AddSingleton<LocalViewCache>().AddSingleton<Generations>().AddSingleton<ViewReader>()
            .AddSingleton<ClaimLookups>().AddSingleton<ReadModelReader>().AddSingleton<PushedViews>()
            .AddSingleton<ViewChangeSubscriber>().AddHostedService(provider => provider.GetRequiredService<ViewChangeSubscriber>());
    }
}
