using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// <c>POST /v1/treasures/{treasureId}/claims</c>. The response is 200 with the outcome when it arrives within the wait that the caller asks
/// for (<see cref="PreferWaitHeader"/>, 0 to 30 s), and 202 otherwise: the claim is accepted, and its outcome is pending
/// (<see cref="ClaimResult"/>). <see cref="ClaimSubmission"/> sends the claim and waits.
/// </summary>
public sealed class PostClaim(ClaimRateLimit rateLimit, ClaimSubmission submission, TimeProvider timeProvider)
{
    public async Task<IResult> HandleAsync(HttpContext http, string treasureId)
    {
        var (player, caller, refusal) = ClaimingPlayer.Of(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (rateLimit.CheckAndCount(player!, caller!.Storefront, http.Response) is { } tooMany)
        {
            return ProblemResults.Of(tooMany);
        }

        if (!IdentifierRules.IsSlug(treasureId))
        {
            return ProblemResults.MalformedId("A treasure id");
        }

        var (key, invalidKey) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return invalidKey ?? ProblemResults.Of(ProblemNames.IdempotencyKeyMissing);
        }

        var (proof, problem) = await ClaimRequest.ReadProofAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var claim = submission.Create(player!, treasureId, key, proof, timeProvider.GetUtcNow());
        var wait = PreferWaitHeader.WaitOf(http.Request);
        var submitted = await submission.SubmitAsync([claim], wait, isStream: false, http.RequestAborted);
        if (submitted.HasWaited)
        {
            PreferWaitHeader.Apply(http, wait);
        }

        return submitted.Results[0].ToHttp(http);
    }
}
