using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Memcached;

/// <summary>Memcached in a host.</summary>
public static class MemcachedRegistration
{
    /// <summary>
    /// Adds one <see cref="MemcachedClient"/> for the process. Uses the container's <see cref="TimeProvider"/> when there is one.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="connectionString">See <see cref="MemcachedOptions.Parse"/>.</param>
    /// <param name="configure">Changes to the defaults.</param>
    public static IServiceCollection AddMemcached(
        this IServiceCollection services, string connectionString,
        Action<MemcachedOptions>? configure = null) => services.AddSingleton(provider =>
    {
        var options = MemcachedOptions.Parse(connectionString);
        configure?.Invoke(options);
        options.Validate();
        return new MemcachedClient(options, provider.GetService<TimeProvider>(), provider.GetService<ILogger<MemcachedClient>>());
    });
}
