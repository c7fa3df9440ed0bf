using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace TreasureHunt.EventStore;

/// <summary>
/// Checks whether PostgreSQL answers. The worst status is degraded, because a host without PostgreSQL waits and continues by itself.
/// </summary>
public sealed class StoreHealth(NpgsqlDataSource postgres) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            await using var command = postgres.CreateCommand("select 1");
            await command.ExecuteScalarAsync(deadline.Token);
            return HealthCheckResult.Healthy("it answers");
        }
        catch (Exception exception)
            when (exception is NpgsqlException or TimeoutException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("it does not answer");
        }
    }
}
