using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary><c>POST /v1/claims/stream</c>: claims over one long request, which are answered while the request is being read.</summary>
public sealed class StreamClaims(
    ClaimLineHandler handler, ClaimStreamLimit limit, TimeProvider timeProvider, IHostApplicationLifetime lifetime)
{
    public IResult Handle(HttpContext http)
    {
        // A stream must not hold a concurrency slot of another pool of the edge proxy.
        if (!EdgePool.MayStreamClaims(http.Request))
        {
            return ProblemResults.Of(ProblemNames.NotFound);
        }

        var (caller, problem) = ClaimingCaller.Of(http.User);
        if (caller is null)
        {
            return ProblemResults.Of(problem!);
        }

        if (!ClaimLinesResult.IsNdjson(http.Request))
        {
            return ProblemResults.Of(ProblemNames.UnsupportedMediaType, $"The body must be {ClaimList.Ndjson}.");
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ProblemResults.Of(ProblemNames.Unavailable);
        }

        return limit.TryAcquire() is { } permit
            ? new ClaimStreamResponse(handler, caller, permit, timeProvider, lifetime) : ProblemResults.Of(ProblemNames.StreamsFull);
    }
}
