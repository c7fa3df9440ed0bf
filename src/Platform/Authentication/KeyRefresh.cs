using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Loads the keys that can change, at the start and then every <see cref="AuthOptions.RefreshInterval"/>.</summary>
/// <remarks>A host is not ready before each of its key sets was loaded once: until then it would refuse valid tokens.</remarks>
public sealed class KeyRefresh(KeySets sets, AuthOptions options, TimeProvider timeProvider) : BackgroundService, IHealthCheck
{
    /// <summary>Pause while there are keys that were never loaded: the host is not ready without them.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var missing = sets.All.Where(set => !set.IsLoaded).Select(set => set.Audience).ToList();
        return Task.FromResult(missing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"no keys yet for {string.Join(", ", missing)}"));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changing = sets.All.Where(set => set.CanChange).ToList();
        while (changing.Count > 0)
        {
            await Task.WhenAll(changing.Select(set => set.RefreshAsync()));
            await Task.Delay(changing.All(set => set.IsLoaded) ? options.RefreshInterval : FirstInterval, timeProvider, stoppingToken);
        }
    }
}
