using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Adds the comparison of clocks to a host.</summary>
public static class ClockSkewRegistration
{
    /// <param name="getServerTime">Returns the time of a server that all hosts of this kind share.</param>
    public static IServiceCollection AddClockSkew(
        this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task<DateTimeOffset>> getServerTime)
    {
        services.AddSingleton(
            provider => new ClockSkew(cancellation => getServerTime(provider, cancellation), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<ClockSkew>());
        services.AddHealthChecks().AddCheck<ClockSkew>("clock");
        return services;
    }
}
