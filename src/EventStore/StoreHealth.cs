using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.EventStore;

/// <summary>Whether PostgreSQL answers. A host without it waits in place and goes on by itself, so the worst is a warning.</summary>
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

/// <summary>Health of the hosts that own the event store.</summary>
public static class StoreHealthRegistration
{
    /// <summary>Adds the health check <c>postgres</c>, and the comparison of the host's clock with PostgreSQL's.</summary>
    public static IServiceCollection AddStoreHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealth>("postgres");
        return services.AddClockSkew(async (provider, cancellation) =>
        {
            await using var command = provider.GetRequiredService<NpgsqlDataSource>().CreateCommand("select clock_timestamp()");
            return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellation))!, TimeSpan.Zero);
        });
    }
}
