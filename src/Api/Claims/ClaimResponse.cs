using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>A claim as its player sees it.</summary>
/// <param name="HuntId">Null for a treasure that does not exist, and for one whose hunt was not open.</param>
/// <param name="Reason">Why the claim was rejected; null otherwise.</param>
/// <param name="Position">
/// The position of the claim in the order in which the treasure's claims were decided, from 1; null while it is pending, and when no
/// position was recorded.
/// </param>
/// <param name="WinningPosition">The position of the claim that won the last unit, when the treasure was exhausted.</param>
/// <param name="LateByMs">How much later this claim was accepted than the claim that won the last unit, in milliseconds.</param>
/// <param name="RevokedAt">When the award was revoked; null when it was not.</param>
/// <param name="PollAfterMs">While the claim is pending: how long to wait before the next poll, in milliseconds.</param>
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
    private const int PollIntervalMs = 250;

    public static ClaimResponse Of(ClaimView view) => new(
        ClaimId: view.ClaimId,
        TreasureId: view.TreasureId,
        HuntId: view.HuntId.Length == 0 || IsHuntHidden(view) ? null : view.HuntId,
        PlayerId: view.PlayerId,
        Outcome: view.Outcome,
        Reason: view.Reason == Reasons.HuntNotOpen ? Reasons.TreasureNotFound : view.Reason,
        Position: view.Position,
        WinningPosition: view.WinningPosition,
        LateByMs: view.LateByMs,
        AcceptedAt: view.AcceptedAt,
        DecidedAt: view.DecidedAt,
        RevokedAt: view.RevokedAt,
        PollAfterMs: view.Outcome == Outcomes.Pending ? PollIntervalMs : null);

    /// <summary>A decision in the form of the read model.</summary>
    public static ClaimView ViewOf(DecidedClaim claim) => new(
        ClaimId: claim.ClaimId,
        TreasureId: claim.TreasureId,
        HuntId: claim.HuntId,
        PlayerId: claim.PlayerId,
        Outcome: claim.Outcome,
        Reason: claim.Reason,
        // A refusal that is not recorded has no position.
        Position: claim.Position == 0 ? null : claim.Position,
        WinningPosition: claim.WinningPosition,
        LateByMs: claim.LateByMs,
        AcceptedAt: claim.AcceptedAt,
        DecidedAt: claim.DecidedAt,
        Fingerprint: claim.Fingerprint);

    // Until a hunt opens, a claim of its treasure reads like a claim of a treasure that does not exist. Claims that were rejected because
    // of too many refusals may also be from before the opening.
    private static bool IsHuntHidden(ClaimView view) => view.Reason is Reasons.HuntNotOpen or Reasons.TooManyRefusals;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClaimResponse))]
internal sealed partial class ClaimResponseJson : JsonSerializerContext;
