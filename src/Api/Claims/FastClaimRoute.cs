using System.Diagnostics.Metrics;
using System.Security.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// Answers the plain claims of players before routing, authentication and authorization, with the handler of the ordinary route
/// (<see cref="PostClaim"/>). A request goes on to the ordinary route when those three steps might treat it in another way.
/// </summary>
public static class FastClaimRoute
{
    private const string PathStart = $"{ApiPaths.Root}/treasures/";
    private const string PathEnd = "/claims";
    private const string TokenStart = "Bearer ";
    private const string JsonType = "application/json";

    private static readonly Counter<long> Answers = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_fast_route_claims", description: "Claims that took the fast route; the metrics of HTTP count them like all others");

    /// <summary>Call it after everything that applies to all requests, and before routing.</summary>
    public static void UseFastClaimRoute(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<CachingTokenHandler>();
        var post = app.Services.GetRequiredService<PostClaim>();
        var endpoint = new Lazy<Endpoint>(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Single(
            route => route.Metadata.GetMetadata<EndpointNameMetadata>()?.EndpointName == ClaimEndpoints.PostClaimName));
        app.Use((http, next) =>
        {
            if (TreasureOf(http.Request) is not { } treasureId || CallerOf(http.Request, tokens) is not { } caller)
            {
                return next(http);
            }

            http.User = caller;
            // Metrics, traces and the log of refusals name the route.
            http.SetEndpoint(endpoint.Value);
            return AnswerAsync(http, post, treasureId);
        });
    }

    /// <summary>The treasure of a request that routing would send to the route of claims; null for any other request.</summary>
    public static string? TreasureOf(HttpRequest request) =>
        request.Method == "POST"
        && !request.QueryString.HasValue
        && request.Path.Value is { } path
        && path.StartsWith(PathStart, StringComparison.Ordinal)
        && path.EndsWith(PathEnd, StringComparison.Ordinal)
        && path.Length > PathStart.Length + PathEnd.Length
        && path[PathStart.Length..^PathEnd.Length] is var treasureId
        && IdentifierRules.IsSlug(treasureId)
        && HasPlainBody(request)
        // Another site's page: the ordinary route adds the headers of CORS.
        && request.Headers.Origin.Count == 0
            ? treasureId : null;

    // Routing looks at the media type, and applies the limit of the body.
    private static bool HasPlainBody(HttpRequest request)
    {
        var headers = request.Headers;
        return headers.TransferEncoding.Count == 0
            && request.ContentLength is null or <= ClaimRequest.MaxBytes
            && (headers.ContentType.Count == 0 || headers.ContentType is [JsonType] or [$"{JsonType}; charset=utf-8"]);
    }

    /// <summary>The player of a token that was validated for an earlier request; null for any other caller.</summary>
    private static ClaimsPrincipal? CallerOf(HttpRequest request, CachingTokenHandler tokens) =>
        request.Headers.Authorization is [{ } authorization]
        && authorization.StartsWith(TokenStart, StringComparison.Ordinal)
        && tokens.FindCaller(authorization.AsSpan(TokenStart.Length)) is { } caller
        && caller.Is(Audiences.Player)
            ? caller : null;

    private static async Task AnswerAsync(HttpContext http, PostClaim post, string treasureId)
    {
        Answers.Add(1);
        var response = await post.HandleAsync(http, treasureId);
        await response.ExecuteAsync(http);
    }
}
