using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Primitives;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary><c>GET /v1/status</c>, and the level in a header of every answer below <c>/v1</c>.</summary>
public static class StatusEndpoints
{
    private static readonly StringValues[] Names = Enum.GetValues<ServiceLevel>().Order().Select(level => new StringValues(level.Name()))
        .ToArray();

    public static IServiceCollection AddStatus(this IServiceCollection services)
    {
        services.AddSingleton<Draining>().AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout += TimeSpan.FromSeconds(ShutdownOptions.MaxDrainSeconds));
        services.AddSingleton(
            provider =>
                new UndecidedClaims(
                    provider.GetRequiredService<ReadModelReader>().OutcomeOfAsync, provider.GetRequiredService<TimeProvider>()))
                        .AddSingleton<PipelineProgress>();
        services.AddSingleton<ReadPathWarmUp>().AddSingleton<ServiceStatus>().AddHostedService(
            provider => provider.GetRequiredService<ServiceStatus>());
        services.AddHealthChecks()
            .AddCheck<ReadinessCheck>("api")
            .Add(new HealthCheckRegistration(
                "memcached", provider => new CacheHealthCheck(provider.GetRequiredService<CacheTiers>().MemcachedCalls), null, null))
            .Add(new HealthCheckRegistration(
                "redis", provider => new CacheHealthCheck(provider.GetRequiredService<CacheTiers>().RedisCalls), null, null));
        return services;
    }

    /// <summary>Declares the level on answers below <c>/v1</c>.</summary>
    public static void UseStatus(this IApplicationBuilder app)
    {
        var status = app.ApplicationServices.GetRequiredService<ServiceStatus>();
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.Headers["Hunt-Status"] = Names[(int)status.Standing.Level];
            }

            return next(http);
        });
    }

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", Get)
            .WithName("GetStatus")
            .WithSummary("What this Api can do right now, since when, and why")
            .WithDescription(
                "The level that the header Hunt-Status of every answer tells, and the state of each dependency as this Api sees it.")
            .Produces<StatusResponse>();

    private static IResult Get(HttpContext http, ServiceStatus status, CacheTiers hops, PipelineProgress progress)
    {
        http.Response.Headers.CacheControl = "no-store";
        var standing = status.Standing;
        return Results.Ok(new StatusResponse(
            standing.Level.Name(),
            standing.Since,
            new Dependencies(
                Of(hops.MemcachedCalls),
                hops is { RedisCalls.IsUp: true, IsRedisFull: true }
                    ? new Dependency("full", hops.RedisCalls.Breaker) : Of(hops.RedisCalls),
                new Dependency(Word(status.BusIsUp), null),
                new Dependency(progress.Projections, null),
                new Dependency(progress.Decisions, null))));
    }

    private static Dependency Of(ResilientCache hop) => new(Word(hop.IsUp), hop.Breaker);

    private static string Word(bool isUp) => isUp ? "up" : "away";
}

/// <summary>The declared level, and what it was seen from.</summary>
public sealed record StatusResponse(string Level, DateTimeOffset Since, Dependencies Dependencies);

/// <param name="Projections">Whether the read models are fed.</param>
/// <param name="Decisions">Whether accepted claims get their outcomes.</param>
public sealed record Dependencies(Dependency Memcached, Dependency Redis, Dependency Bus, Dependency Projections, Dependency Decisions);

/// <param name="State">
/// <c>up</c> or <c>away</c>; <c>full</c> for a Redis that takes no writes; <c>stalled</c> for what stands still.
/// </param>
/// <param name="Breaker"><c>closed</c>, <c>half-open</c> or <c>open</c>; null where there is none.</param>
public sealed record Dependency(string State, string? Breaker);
