using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Memcached;

/// <summary>Adds the Memcached client to a host.</summary>
public static class MemcachedRegistration
{
    /// <param name="connectionString">See <see cref="MemcachedOptions.Parse"/>.</param>
    public static IServiceCollection AddMemcached(this IServiceCollection services, string connectionString) =>
        services.AddSingleton(provider => new MemcachedClient(
            MemcachedOptions.Parse(connectionString),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MemcachedClient>>()));
}
