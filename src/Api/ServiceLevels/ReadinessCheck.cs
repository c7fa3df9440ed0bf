using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Whether the edge proxy should send callers to this Api. An Api without caches still accepts claims, and one without RabbitMQ still
/// serves reads. It is not ready when it can do neither, or when it is about to stop.
/// </summary>
public sealed class ReadinessCheck(ServiceStatus status, Draining draining) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var level = status.State.Level;
        return Task.FromResult(
            draining.HasBegun ? HealthCheckResult.Unhealthy("draining")
            : level == ServiceLevel.Unavailable ? HealthCheckResult.Unhealthy(level.Name())
            : level == ServiceLevel.Normal ? HealthCheckResult.Healthy(level.Name())
            : HealthCheckResult.Degraded(level.Name()));
    }
}
