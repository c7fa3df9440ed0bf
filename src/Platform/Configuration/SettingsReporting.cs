using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Configuration;

/// <summary>Finds the report of a host among its services.</summary>
public static class SettingsReporting
{
    /// <summary>
    /// Collects invalid settings from now on, so that the host reports all of them together.
    /// </summary>
    public static SettingsReport CollectSettings(this IServiceCollection services)
    {
        if (services.FindSettingsReport() is { } known)
        {
            return known;
        }

        var report = new SettingsReport();
        services.AddSingleton(report);
        return report;
    }

    internal static SettingsReport? FindSettingsReport(this IServiceCollection services) =>
        services.Select(service => service.ServiceType == typeof(SettingsReport) ? service.ImplementationInstance as SettingsReport : null)
            .FirstOrDefault(report => report is not null);
}
