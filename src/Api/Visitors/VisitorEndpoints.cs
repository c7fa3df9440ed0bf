using System.Globalization;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Visitors;

/// <summary>
/// <c>POST /v1/visitors</c>: a player token for anyone who asks. It is there only where <see cref="VisitorOptions.Enabled"/> is true; a
/// shop issues its players' tokens itself.
/// </summary>
public static class VisitorEndpoints
{
    public static void AddVisitors(this WebApplicationBuilder builder, AuthOptions auth)
    {
        var visitors = builder.Services.AddSettings<VisitorOptions>(builder.Configuration, "Visitors");
        if (!visitors.Enabled)
        {
            return;
        }

        try
        {
            builder.Services.AddSingleton(VisitorTokens.Credentials(visitors, auth)).AddSingleton<VisitorTokens>()
                .AddSingleton<VisitorLimiter>();
        }
        catch (SettingException unusable)
        {
            builder.Services.AddProblems([unusable.Message]);
        }
    }

    public static void MapVisitors(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<VisitorOptions>().Enabled)
        {
            return;
        }

        ApiLog.VisitorsAreOn(routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("TreasureHunt.Visitors"));
        routes.MapPost("/visitors", Create)
            .WithName("NewVisitor")
            .WithSummary("A player token to try the page with (only where the operator allows it)")
            .WithDescription("A new player, and a token for it. An address is given five in a minute.")
            .Produces<Visitor>()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static IResult Create(HttpContext http, VisitorLimiter limiter, VisitorTokens tokens)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (limiter.TryTake(http.ClientAddress()) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ProblemResults.Of(ProblemNames.TooManyRequests, "An address is given a few visitors' tokens a minute.");
        }

        return Results.Ok(tokens.Create());
    }
}
