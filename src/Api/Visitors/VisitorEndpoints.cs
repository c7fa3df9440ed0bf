using System.Globalization;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Visitors;

/// <summary>
/// <c>POST /v1/visitors</c>: a player token for every caller. The route exists only when <see cref="VisitorOptions.Enabled"/> is true. A
/// shop issues its players' tokens itself.
/// </summary>
public static class VisitorEndpoints
{
    public static void AddVisitors(this IServiceCollection services, VisitorOptions options, AuthOptions auth)
    {
        if (!options.Enabled)
        {
            return;
        }

        try
        {
            services.AddSingleton(VisitorTokens.Credentials(options, auth)).AddSingleton<VisitorTokens>().AddSingleton<VisitorLimiter>();
        }
        catch (SettingException unusable)
        {
            services.AddProblems([unusable.Message]);
        }
    }

    public static void MapVisitors(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<VisitorOptions>().Enabled)
        {
            return;
        }

        routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("TreasureHunt.Visitors").VisitorsEnabled();
        routes.MapPost("/visitors", Create)
            .WithName("NewVisitor")
            .WithSummary("A player token to try the web page (only when the operator enables it)")
            .WithDescription("A new player and its token. By default an address gets five in a minute.")
            .Produces<Visitor>()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static IResult Create(HttpContext http, VisitorLimiter limiter, VisitorTokens tokens)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (limiter.Take(http.ClientAddress()) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ProblemResults.Of(ProblemNames.TooManyRequests, "An address gets a limited number of visitors' tokens in a minute.");
        }

        return Results.Ok(tokens.Create());
    }
}
