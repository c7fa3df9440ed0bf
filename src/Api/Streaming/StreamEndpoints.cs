using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Api.Streaming;

/// <summary><c>GET /v1/hunts/{huntId}/stream</c>: the changes of a hunt, and the caller's claims, as server-sent events.</summary>
public static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/hunts/{huntId}/stream", GetAsync)
            .WithMetadata(RequestHeader.LastEventId, RequestHeader.Player, OptionalToken.Instance)
            .WithName("StreamHunt")
            .WithSummary("The changes of a hunt, and the caller's claims, as server-sent events; Last-Event-ID resumes")
            .WithDescription(
                "First the hunt, its leaderboard and every treasure, then each change. The event hunt is a hunt without its treasures, the "
                    + "event treasure is a treasure, the event leaderboard is the leaderboard with ten players. With a player's token, or "
                    + "with a storefront's token and the header Hunt-Player, the event claims lists the player's latest claims, at first "
                    + "50, then those that changed. The event freshness says whether the Api can read the hunt. Clients ignore other "
                    + "events. The response does not end before the token.")
            // A stream, not a string: no client ever has the whole response.
            .Produces<Stream>(StatusCodes.Status200OK, SseResponse.ContentType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        string huntId, HttpRequest request, ReadModelReader readModels, HuntBroadcasters hunts, FollowedPlayers players,
        OpenStreamLimit limit, TimeProvider timeProvider, IHostApplicationLifetime lifetime)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return ProblemResults.MalformedId("A hunt id");
        }

        // A stream must not hold a concurrency slot of another pool of the edge proxy.
        if (!EdgePool.MayStream(request))
        {
            return ProblemResults.Of(ProblemNames.NotFound);
        }

        var (caller, problem) = StreamCaller.Of(request.HttpContext);
        if (problem is not null)
        {
            return problem;
        }

        // The reader also caches hunts that do not exist, so that requests for them cost nothing.
        if (await readModels.HuntAsync(huntId, request.HttpContext.RequestAborted) is not { } known
            || !known.View.Window.IsPublicAt(timeProvider.GetUtcNow()))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        if (!hunts.CanFollow(huntId))
        {
            return ProblemResults.Of(ProblemNames.StreamsFull, "This host has reached its limit of followed hunts.");
        }

        if (await hunts.GetOrLoadAsync(huntId) is not { } hunt)
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        if (HeadRequests.IsHead(request.HttpContext))
        {
            return Results.Text("", SseResponse.ContentType);
        }

        return limit.TryAcquire() is { } permit
            ? new SseResponse(
                huntId, hunt, hunts, permit, ResumeToken.Parse(request.Headers[RequestHeader.LastEventId.Name]), caller, players,
                timeProvider, lifetime)
            : ProblemResults.Of(ProblemNames.StreamsFull);
    }
}
