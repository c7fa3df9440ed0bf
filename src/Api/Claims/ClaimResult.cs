using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.Responses;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>What became of a claim: its view or a problem.</summary>
/// <param name="View">The claim, decided or pending; null for a problem.</param>
/// <param name="IsReplayed">Whether the outcome is that of an earlier request with the same key and payload.</param>
/// <param name="Problem">Why the claim is refused; null otherwise.</param>
public sealed record ClaimResult(ClaimView? View, bool IsReplayed = false, ClaimProblem? Problem = null)
{
    /// <summary>The HTTP status: 200 for an outcome, 202 while the claim is pending, or that of the problem.</summary>
    public int Status => Problem?.Status
        ?? (View!.Outcome == Outcomes.Pending ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

    public static ClaimResult Refused(ClaimProblem problem) => new(null, Problem: problem);

    public static ClaimResult Refused(string problem, string? detail = null) => Refused(new ClaimProblem(problem, detail));

    public static ClaimResult Pending(AcceptedClaim claim) => new(PendingClaimStore.ViewOf(claim));

    /// <summary>A claim that is decided: its outcome, or a problem when another payload was decided under its key.</summary>
    public static ClaimResult Decided(AcceptedClaim claim, ClaimView decided) =>
        // The outcome holds the time at which its own request was accepted. Another time means an earlier request.
        ClaimFingerprints.MayBeEqual(decided.Fingerprint, claim.Fingerprint)
            ? new(decided, decided.AcceptedAt != claim.AcceptedAt) : Refused(ProblemNames.IdempotencyKeyReused);

    /// <summary>The response to the request of this claim alone.</summary>
    public IResult ToHttp(HttpContext http)
    {
        if (Problem is not null)
        {
            return ProblemResults.Of(Problem);
        }

        if (IsReplayed)
        {
            IdempotencyKey.MarkReplayed(http);
        }

        if (Status == StatusCodes.Status202Accepted)
        {
            http.Response.Headers.RetryAfter = "1";
            http.Response.Headers.Location = $"/v1/claims/{View!.ClaimId}";
        }

        return new JsonResponse<ClaimResponse>(Status, ClaimResponse.Of(View!), ClaimResponseJson.Default.ClaimResponse);
    }
}
