using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TreasureHunt.Commands.Locking;

/// <summary>Warns when the lock masters have no quorum: claims are then decided on stream versions alone.</summary>
public sealed class LockHealth(TreasureLock locks) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (connected, all) = locks.Masters;
        var words = $"{connected} of {all} lock masters answer";
        return Task.FromResult(
            connected > all / 2
                ? HealthCheckResult.Healthy(words) : HealthCheckResult.Degraded($"{words}: deciding on stream versions alone"));
    }
}
