using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Peers.Front;

/// <summary>The routes of the engine's Api that the benchmark uses, with the same contract.</summary>
internal static partial class Routes
{
    public static void MapPeer(this IEndpointRouteBuilder routes, Peer peer)
    {
        var log = routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Front");
        var time = routes.ServiceProvider.GetRequiredService<TimeProvider>();

        // A peer has no hunts: its treasures can always be claimed.
        routes.MapPost("/hunts", (HuntBody body) => Created($"/v1/hunts/{body.HuntId}", body.HuntId)).RequireAuthorization(Scopes.Hunts);
        routes.MapPost("/hunts/{huntId}/{change}", (string huntId) => Results.Ok(new Recorded(huntId, 0))).RequireAuthorization(
            Scopes.Hunts);
        routes.MapPost(
            "/hunts/{huntId}/treasures", (TreasureBody body, CancellationToken cancellationToken) => RespondAsync(log, async () =>
        {
            await peer.HideAsync(body.TreasureId, body.Stock, body.PerPlayer ?? 1, cancellationToken);
            return Created($"/v1/treasures/{body.TreasureId}", body.TreasureId);
        })).RequireAuthorization(Scopes.Hunts);
        routes.MapPost(
            "/treasures/{treasureId}/claims",
            (HttpContext http, string treasureId) => RespondAsync(log, () => ClaimAsync(peer, time, http, treasureId)))
            .RequireAuthorization(Policies.Claiming);
        routes.MapGet("/treasures/{treasureId}", (string treasureId, CancellationToken cancellationToken) => RespondAsync(log, async () =>
            await peer.ReadAsync(treasureId, cancellationToken) is { } treasure
                ? Results.Json(treasure, FrontJson.Default.TreasureAnswer)
                : Problem(StatusCodes.Status404NotFound, ProblemNames.TreasureNotFound)));
    }

    private static async Task<IResult> ClaimAsync(Peer peer, TimeProvider timeProvider, HttpContext http, string treasureId)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 128 || http.User.PlayerId() is not { } player)
        {
            return Problem(StatusCodes.Status400BadRequest, ProblemNames.IdempotencyKeyMissing);
        }

        if (http.Request.ContentLength is not 0 && http.Request.HasJsonContentType())
        {
            // Peers do not check proofs, but they parse them as the engine does.
            await JsonSerializer.DeserializeAsync(http.Request.Body, FrontJson.Default.ClaimBody, http.RequestAborted);
        }

        var claim = new Claim(Ids.ForClaim(player, treasureId, key), treasureId, player, timeProvider.GetUtcNow());
        var outcome = await peer.ClaimAsync(claim, http.RequestAborted);
        return Results.Json(
            new ClaimAnswer(claim.ClaimId, treasureId, player, outcome.Outcome, outcome.Reason),
            FrontJson.Default.ClaimAnswer,
            statusCode: outcome.Outcome == Outcomes.Pending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    private static async Task<IResult> RespondAsync(ILogger log, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (JsonException)
        {
            return Problem(StatusCodes.Status400BadRequest, ProblemNames.InvalidJson);
        }
#pragma warning disable CA1031 // After any failure of the peer the caller may retry with the same key.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(log, exception.GetType().Name, exception.Message);
            return new RetryLaterResult(Problem(StatusCodes.Status503ServiceUnavailable, ProblemNames.OutcomeUnknown));
        }
    }

    private static IResult Created(string location, string id) => Results.Created(location, new Recorded(id, 0));

    private static IResult Problem(int status, string name) => Results.Problem(statusCode: status, type: ProblemNames.UrnPrefix + name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Exception}: {Words}")]
    private static partial void LogFailed(ILogger log, string exception, string words);

    private sealed class RetryLaterResult(IResult problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "1";
            return problem.ExecuteAsync(httpContext);
        }
    }
}
