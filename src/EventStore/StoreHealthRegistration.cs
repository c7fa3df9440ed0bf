using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.EventStore;

/// <summary>Registers the health checks of the hosts that open the event store.</summary>
public static class StoreHealthRegistration
{
    /// <summary>Adds the health check <c>postgres</c>, and the comparison of the host's clock with PostgreSQL's.</summary>
    public static IServiceCollection AddStoreHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoreHealth>("postgres");
        return services.AddClockSkew(async (provider, cancellationToken) =>
        {
            await using var command = provider.GetRequiredService<NpgsqlDataSource>().CreateCommand("select clock_timestamp()");
            return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
        });
    }
}
