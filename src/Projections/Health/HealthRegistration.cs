namespace TreasureHunt.Projections.Health;

/// <summary>Health checks and metrics of this host. None of them is ever worse than <c>Degraded</c>: the host goes on by itself.</summary>
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
