using Microsoft.Extensions.Diagnostics.HealthChecks;
using Wolverine.Runtime;
using Wolverine.Transports;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>Whether this worker has its share of the queues: Wolverine assigns them some seconds after a start.</summary>
internal sealed class OwnsQueues(IWolverineRuntime runtime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var owned = runtime.Endpoints.ActiveListeners().Count(listener =>
            listener.Status == ListeningStatus.Accepting
                && listener.Uri.ToString().Contains(QueuePartitions.Queue, StringComparison.Ordinal));
        return Task.FromResult(owned > 0 ? HealthCheckResult.Healthy($"{owned} queues") : HealthCheckResult.Unhealthy("no queue yet"));
    }
}
