using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TreasureHunt.Commands.Locking;

/// <summary>
/// Reports degraded when the lock masters have no quorum: claims are then decided without locks, protected by the stream versions.
/// </summary>
public sealed class LockHealth(TreasureLock locks) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (connected, all) = locks.Masters;
        var summary = $"{connected} of {all} lock masters answer";
        return Task.FromResult(
            connected > all / 2
                ? HealthCheckResult.Healthy(summary) : HealthCheckResult.Degraded($"{summary}: claims are decided without locks"));
    }
}
