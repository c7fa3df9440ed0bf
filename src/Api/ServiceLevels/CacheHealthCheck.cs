using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>The state of a cache and its circuit breaker. The Api still serves without the cache, so it is degraded at worst.</summary>
public sealed class CacheHealthCheck(ResilientCache cache) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var description = $"breaker {cache.Breaker}";
        return Task.FromResult(
            cache.IsUp ? HealthCheckResult.Healthy(description) : HealthCheckResult.Degraded($"away, {description}"));
    }
}
