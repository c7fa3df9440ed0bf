using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Whether the proxy should send callers here. An Api without a cache still takes claims, and one without a bus still reads:
/// only one that can do neither, or is about to leave, is not ready.
/// </summary>
public sealed class ReadinessCheck(ServiceStatus status, Draining draining) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var level = status.Standing.Level;
        return Task.FromResult(
            draining.HasBegun ? HealthCheckResult.Unhealthy("draining")
            : level == ServiceLevel.Unavailable ? HealthCheckResult.Unhealthy(level.Name())
            : level == ServiceLevel.Normal ? HealthCheckResult.Healthy(level.Name())
            : HealthCheckResult.Degraded(level.Name()));
    }
}

/// <summary>What a cache and its breaker are like. Without one the Api still serves, so the worst is a warning.</summary>
public sealed class CacheHealthCheck(ResilientCache hop) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var words = $"breaker {hop.Breaker}";
        return Task.FromResult(hop.IsUp ? HealthCheckResult.Healthy(words) : HealthCheckResult.Degraded($"away, {words}"));
    }
}
