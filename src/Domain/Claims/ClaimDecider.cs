using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Domain.Claims;

/// <summary>
/// Decides whether a claim gets a unit. The caller passes the claims one after the other: the claims of one transaction in the order in
/// which Apis received them, and transactions in the broker's order (<see cref="ClaimBatch"/>).
/// </summary>
public static class ClaimDecider
{
    /// <summary>Returns the one event that decides a claim.</summary>
    /// <param name="treasure">Null when the treasure does not exist.</param>
    /// <param name="position">Position of this claim among those decided for the treasure, from 1.</param>
    public static IClaimEvent Decide(
        Treasure? treasure, Hunt? hunt, PlayerUsage player, long position, AcceptedClaim claim, DateTimeOffset decidedAt)
    {
        var huntId = treasure?.HuntId ?? "";
        if (RefusalReasonOf(treasure, hunt, player, claim) is not { } reason)
        {
            return new TreasureAwarded(
                TreasureId: claim.TreasureId,
                HuntId: huntId,
                ClaimId: claim.ClaimId,
                PlayerId: claim.PlayerId,
                Position: position,
                AcceptedAt: claim.AcceptedAt,
                DecidedAt: decidedAt,
                Fingerprint: claim.Fingerprint);
        }

        var winner = reason == Reasons.TreasureExhausted ? treasure?.LastAward : null;
        return new ClaimRefused(
            TreasureId: claim.TreasureId,
            HuntId: huntId,
            ClaimId: claim.ClaimId,
            PlayerId: claim.PlayerId,
            Reason: reason,
            Position: position,
            WinningPosition: winner?.Position,
            LateByMs: winner is null ? null : Math.Max(0, (long)(claim.AcceptedAt - winner.AcceptedAt).TotalMilliseconds),
            AcceptedAt: claim.AcceptedAt,
            DecidedAt: decidedAt,
            Fingerprint: claim.Fingerprint);
    }

    /// <summary>
    /// Whether a decision is recorded. A refusal is not recorded when the player has had many refusals at the treasure. A wrong proof is
    /// always recorded, because it must be counted.
    /// </summary>
    public static bool IsRecorded(IClaimEvent decision, PlayerUsage player) =>
        decision is not ClaimRefused { Reason: not Reasons.ProofWrong } || !player.HasMaxRefusals;

    /// <summary>
    /// Returns the key by which a refusal is counted: its treasure and player, or the player alone (the treasure id is then empty) when the
    /// treasure does not exist.
    /// </summary>
    public static (string TreasureId, string PlayerId) RefusalKeyOf(ClaimRefused refused) =>
        (refused.Reason == Reasons.TreasureNotFound ? "" : refused.TreasureId, refused.PlayerId);

    /// <summary>Returns the outcome of a claim whose refusal is not recorded. It has no position.</summary>
    public static ClaimRefused ToUnrecordedRefusal(IClaimEvent refused) => new(
        TreasureId: refused.TreasureId,
        HuntId: refused.HuntId,
        ClaimId: refused.ClaimId,
        PlayerId: refused.PlayerId,
        Reason: Reasons.TooManyRefusals,
        Position: 0,
        WinningPosition: null,
        LateByMs: null,
        AcceptedAt: refused.AcceptedAt,
        DecidedAt: refused.DecidedAt);

    /// <summary>Returns the outcome that a deciding event records.</summary>
    public static DecidedClaim ToDecidedClaim(IClaimEvent e)
    {
        var refused = e as ClaimRefused;
        return new(
            ClaimId: e.ClaimId,
            TreasureId: e.TreasureId,
            HuntId: e.HuntId,
            PlayerId: e.PlayerId,
            Outcome: refused is null ? Outcomes.Won : Outcomes.Rejected,
            Reason: refused?.Reason,
            Position: e.Position,
            WinningPosition: refused?.WinningPosition,
            LateByMs: refused?.LateByMs,
            AcceptedAt: e.AcceptedAt,
            DecidedAt: e.DecidedAt,
            Fingerprint: e.Fingerprint);
    }

    // Players rely on the order: a reason of the hunt or treasure comes before a reason of the claim. A proof is only checked, and an
    // attempt only counted, when the claim could win with the right proof.
    private static string? RefusalReasonOf(Treasure? treasure, Hunt? hunt, PlayerUsage player, AcceptedClaim claim)
    {
        if (treasure is null)
        {
            return Reasons.TreasureNotFound;
        }

        if (hunt is null)
        {
            return Reasons.HuntNotOpen;
        }

        return hunt.Window.RefusalAt(claim.AcceptedAt) switch
        {
            { } closed => closed,
            _ when treasure.Withdrawn => Reasons.TreasureWithdrawn,
            _ when player.AwardsOfTreasure >= treasure.PerPlayer => Reasons.AlreadyClaimed,
            _ when player.AwardsInHunt >= hunt.PlayerLimit => Reasons.PlayerLimitReached,
            _ when treasure.Remaining <= 0 => Reasons.TreasureExhausted,
            _ when treasure.Proof is { } proof => ProofRefusalReasonOf(proof, player, claim.Proof),
            _ => null,
        };
    }

    private static string? ProofRefusalReasonOf(ProofHash expected, PlayerUsage player, string? given) => given switch
    {
        null or "" => Reasons.ProofMissing,
        _ when player.WrongProofs >= ClaimLimits.MaxWrongProofs => Reasons.TooManyAttempts,
        _ when !Proofs.Verify(expected, given) => Reasons.ProofWrong,
        _ => null,
    };
}
