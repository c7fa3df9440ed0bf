namespace TreasureHunt.Projections.Health;

/// <summary>
/// Health checks and metrics of this host. The worst status is <c>Degraded</c>, because the host recovers without a restart.
/// </summary>
public static class HealthRegistration
{
    public static IServiceCollection AddProjectionHealth(this IServiceCollection services)
    {
        services.AddSingleton<ShardMonitor>().AddHostedService(provider => provider.GetRequiredService<ShardMonitor>());
        services.AddSingleton<RedisMemory>().AddHostedService(provider => provider.GetRequiredService<RedisMemory>());
        services.AddHealthChecks().AddCheck<ShardMonitor>("projections").AddCheck<RedisMemory>("redis");
        return services;
    }
}
