using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>A claim as its player sees it.</summary>
/// <param name="HuntId">Null for a treasure that does not exist, and for one whose hunt was not open.</param>
/// <param name="Reason">Why it was rejected; null otherwise.</param>
/// <param name="Position">
/// Its place in the order in which the treasure's claims were decided, from 1; null while it is pending, and where none is recorded.
/// </param>
/// <param name="WinningPosition">The place that won the last unit, when the treasure was exhausted.</param>
/// <param name="LateByMs">How much later than that one this claim was accepted.</param>
/// <param name="RevokedAt">When its award was taken back; null when it was not.</param>
/// <param name="PollAfterMs">While pending: how long to wait before asking again.</param>
public sealed record ClaimResponse(
    Guid ClaimId,
    string TreasureId,
    string? HuntId,
    string PlayerId,
    string Outcome,
    string? Reason,
    long? Position,
    long? WinningPosition,
    long? LateByMs,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? DecidedAt,
    DateTimeOffset? RevokedAt,
    int? PollAfterMs)
{
    /// <summary>How long a caller should leave a pending claim alone.</summary>
    private const int PollPause = 250;

    public static ClaimResponse Of(ClaimView view) => new(
        view.ClaimId,
        view.TreasureId,
        view.HuntId.Length == 0 || MayBeHidden(view) ? null : view.HuntId,
        view.PlayerId,
        view.Outcome,
        view.Reason == Reasons.HuntNotOpen ? Reasons.TreasureNotFound : view.Reason,
        view.Position,
        view.WinningPosition,
        view.LateByMs,
        view.AcceptedAt,
        view.DecidedAt,
        view.RevokedAt,
        view.Outcome == Outcomes.Pending ? PollPause : null);

    /// <summary>A decision as the read model will show it.</summary>
    public static ClaimView ViewOf(DecidedClaim claim) => new(
        claim.ClaimId,
        claim.TreasureId,
        claim.HuntId,
        claim.PlayerId,
        claim.Outcome,
        claim.Reason,
        // A refusal that is not recorded has none.
        claim.Position == 0 ? null : claim.Position,
        claim.WinningPosition,
        claim.LateByMs,
        claim.AcceptedAt,
        claim.DecidedAt,
        Fingerprint: claim.Fingerprint);

    public static ClaimResponse Pending(AcceptedClaim claim) => Of(PendingClaims.ViewOf(claim));

    /// <summary>The answer to a claim that is decided: its outcome, or a refusal when another payload was decided under its key.</summary>
    public static IResult Decided(HttpContext http, AcceptedClaim claim, ClaimView decided)
    {
        if (!ClaimFingerprints.MayBeEqual(decided.Fingerprint, claim.Fingerprint))
        {
            return ProblemResults.Of(ProblemNames.IdempotencyKeyReused);
        }

        // The worker records the time at which the deciding request was accepted: another time is another request's.
        if (decided.AcceptedAt != claim.AcceptedAt)
        {
            IdempotencyKey.MarkReplayed(http);
        }

        return Results.Ok(Of(decided));
    }

    // Until its hunt opens, a claim of a treasure reads like one of a treasure that does not exist. A player's many refusals may be from
    // before the opening.
    private static bool MayBeHidden(ClaimView view) => view.Reason is Reasons.HuntNotOpen or Reasons.TooManyRefusals;
}
