using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Api.Streaming;

/// <summary><c>GET /v1/hunts/{huntId}/stream</c>: the changes of a hunt and its treasures as server-sent events.</summary>
public static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/hunts/{huntId}/stream", GetAsync)
            .WithMetadata(RequestHeader.LastEventId)
            .WithName("StreamHunt")
            .WithSummary("The changes of a hunt and its treasures, as server-sent events; Last-Event-ID resumes")
            .WithDescription(
                "First the hunt and every treasure, then each change. The event hunt is a hunt without its treasures, the event treasure "
                    + "is a treasure. The response does not end.")
            // A stream, not a string: no client ever has the whole response.
            .Produces<Stream>(StatusCodes.Status200OK, SseResponse.ContentType)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        string huntId, HttpRequest request, ReadModelReader readModels, HuntBroadcasters hunts, OpenStreamLimit limit,
        TimeProvider timeProvider, IHostApplicationLifetime lifetime)
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
                huntId, hunt, hunts, permit, ResumeToken.Parse(request.Headers[RequestHeader.LastEventId.Name]), timeProvider, lifetime)
            : ProblemResults.Of(ProblemNames.StreamsFull);
    }
}
