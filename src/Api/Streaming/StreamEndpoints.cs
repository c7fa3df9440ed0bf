using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Api.Streaming;

/// <summary><c>GET /v1/hunts/{huntId}/stream</c>: a hunt and its treasures as server-sent events, as they change.</summary>
public static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/hunts/{huntId}/stream", GetAsync)
            .WithMetadata(RequestHeader.LastEventId)
            .WithName("StreamHunt")
            .WithSummary("A hunt and its treasures as they change, as server-sent events; Last-Event-ID resumes")
            .WithDescription(
                "First the hunt and every treasure, then whatever has changed: event hunt is a hunt without its treasures, event treasure is a treasure. The answer does not end.")
            // Not a string: no client ever has all of it.
            .Produces<Stream>(StatusCodes.Status200OK, SseResponse.ContentType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        string huntId, HttpRequest request, ReadModelReader readModels, HuntBroadcasters hunts, TimeProvider timeProvider,
        IHostApplicationLifetime lifetime)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return ProblemResults.Of(ProblemNames.MalformedId, "A hunt id has 1 to 64 characters of a-z 0-9 -.");
        }

        // A stream must not hold a place of another pool, whichever way it got there.
        if (!EdgePool.MayStream(request))
        {
            return ProblemResults.Of(ProblemNames.NotFound);
        }

        // The reader remembers what is not there: asking for it again and again costs nothing.
        if (await readModels.HuntAsync(huntId, request.HttpContext.RequestAborted) is not { } known
            || !known.View.Window.IsPublicAt(timeProvider.GetUtcNow()))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        if (!hunts.HasRoomFor(huntId))
        {
            return ProblemResults.Of(ProblemNames.StreamsFull, "This host follows as many hunts as it takes.");
        }

        if (await hunts.FindAsync(huntId) is not { } hunt)
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        if (HeadRequests.IsHead(request.HttpContext))
        {
            return Results.Text("", SseResponse.ContentType);
        }

        return hunts.TryEnter()
            ? new SseResponse(huntId, hunt, hunts, ResumeToken.Parse(request.Headers[RequestHeader.LastEventId.Name]), timeProvider, lifetime)
            : ProblemResults.Of(ProblemNames.StreamsFull);
    }
}
