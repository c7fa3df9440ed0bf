using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Loads the keys from URLs and files at the start, and then every <see cref="AuthOptions.RefreshInterval"/>.</summary>
/// <remarks>A host is ready once each of its key sets was loaded: until then it would refuse valid tokens.</remarks>
public sealed class KeyRefresh(KeySets sets, AuthOptions options, TimeProvider timeProvider) : BackgroundService, IHealthCheck
{
    /// <summary>Applies until every key set was loaded once.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var missing = sets.All.Where(set => !set.IsLoaded).Select(set => set.Audience).ToList();
        return Task.FromResult(missing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"no keys are loaded for {string.Join(", ", missing)}"));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var refreshed = sets.All.Where(set => set.CanChange).ToList();
        while (refreshed.Count > 0)
        {
            await Task.WhenAll(refreshed.Select(set => set.RefreshAsync()));
            await Task.Delay(refreshed.All(set => set.IsLoaded) ? options.RefreshInterval : RetryInterval, timeProvider, stoppingToken);
        }
    }
}
