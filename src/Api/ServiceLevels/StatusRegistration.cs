using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>Registers the service status, draining and the health checks.</summary>
public static class StatusRegistration
{
    public static void AddServiceStatus(this IServiceCollection services)
    {
        services.AddSingleton<Draining>().AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout += TimeSpan.FromSeconds(ShutdownOptions.MaxDrainSeconds));
        services.AddSingleton(provider => new ClaimStallDetector(
            (claimId, _) => provider.GetRequiredService<ReadModelReader>().OutcomeOfAsync(claimId),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PipelineProgress>().AddSingleton<ReadPathWarmUp>().AddSingleton<ServiceStatus>()
            .AddHostedService(provider => provider.GetRequiredService<ServiceStatus>());
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>("api")
            .Add(new HealthCheckRegistration(
                "memcached", provider => new CacheHealthCheck(provider.GetRequiredService<CacheTiers>().MemcachedCalls), null, null))
            .Add(new HealthCheckRegistration(
                "redis", provider => new CacheHealthCheck(provider.GetRequiredService<CacheTiers>().RedisCalls), null, null));
    }
}
