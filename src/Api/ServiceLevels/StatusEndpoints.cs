using Microsoft.Extensions.Primitives;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary><c>GET /v1/status</c>, and the header with the service level in every response below <c>/v1</c>.</summary>
public static class StatusEndpoints
{
    private static readonly StringValues[] LevelNames =
        Enum.GetValues<ServiceLevel>().Order().Select(level => new StringValues(level.Name())).ToArray();

    /// <summary>Adds the header <c>Hunt-Status</c> to responses below <c>/v1</c>.</summary>
    public static void UseStatusHeader(this IApplicationBuilder app)
    {
        var status = app.ApplicationServices.GetRequiredService<ServiceStatus>();
        app.Use((http, next) =>
        {
            if (ApiPaths.IsApi(http.Request))
            {
                http.Response.Headers["Hunt-Status"] = LevelNames[(int)status.State.Level];
            }

            return next(http);
        });
    }

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/status", Get)
            .WithName("GetStatus")
            .WithSummary("The service level of this Api, its start and its reason")
            .WithDescription(
                "The level of the header Hunt-Status, which every response has, and the state of each dependency as this Api sees it.")
            .Produces<StatusResponse>();

    private static IResult Get(HttpContext http, ServiceStatus status, CacheTiers tiers, PipelineProgress progress)
    {
        http.Response.Headers.CacheControl = "no-store";
        var state = status.State;
        return Results.Ok(new StatusResponse(
            state.Level.Name(),
            state.Since,
            new Dependencies(
                Memcached: Of(tiers.MemcachedCalls),
                Redis: tiers is { RedisCalls.IsUp: true, IsRedisFull: true }
                    ? new Dependency(DependencyStates.Full, tiers.RedisCalls.Breaker) : Of(tiers.RedisCalls),
                Bus: new Dependency(StateOf(status.IsBusUp), null),
                Projections: new Dependency(progress.Projections, null),
                Decisions: new Dependency(progress.Decisions, null))));
    }

    private static Dependency Of(ResilientCache cache) => new(StateOf(cache.IsUp), cache.Breaker);

    private static string StateOf(bool isUp) => isUp ? DependencyStates.Up : DependencyStates.Away;
}
