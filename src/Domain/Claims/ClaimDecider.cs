using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Domain.Claims;

/// <summary>What counts towards the limits of a player when a claim is decided.</summary>
/// <param name="AwardsHere">Awards of this treasure that stand.</param>
/// <param name="AwardsInHunt">Awards of the whole hunt that stand, where the hunt has a limit.</param>
/// <param name="WrongProofs">Wrong proofs given for this treasure.</param>
/// <param name="RefusalsFull">Whether no more refusals are recorded of this player and treasure.</param>
public readonly record struct PlayerUsage(int AwardsHere, int AwardsInHunt, int WrongProofs, bool RefusalsFull = false);

/// <summary>The rule that decides which claim gets a unit.</summary>
public static class ClaimDecider
{
    /// <summary>Wrong proofs that one player may give for one treasure.</summary>
    public const int MaxWrongProofs = 10;

    /// <summary>
    /// Refusals of one player and treasure that are recorded: twice the limit of wrong proofs, and more than a person has reason to cause.
    /// Wrong proofs are recorded beyond it: they must be counted, and have a limit of their own.
    /// </summary>
    public const int MaxRecordedRefusals = 20;

    /// <summary>The one event that decides a claim.</summary>
    /// <param name="treasure">Null when there is none of that id.</param>
    /// <param name="position">Place of this claim among those decided for the treasure, from 1.</param>
    public static IClaimEvent Decide(
        Treasure? treasure, Hunt? hunt, PlayerUsage player, long position, AcceptedClaim claim, DateTimeOffset decidedAt)
    {
        var huntId = treasure?.HuntId ?? "";
        if (Refusal(treasure, hunt, player, claim) is not { } reason)
        {
            return new TreasureAwarded(
                claim.TreasureId, huntId, claim.ClaimId, claim.PlayerId, position, claim.AcceptedAt, decidedAt, claim.Fingerprint);
        }

        var beaten = reason == Reasons.TreasureExhausted ? treasure?.LastAward : null;
        var lateBy = beaten is null ? (long?)null : Math.Max(0, (long)(claim.AcceptedAt - beaten.AcceptedAt).TotalMilliseconds);
        return new ClaimRefused(
            claim.TreasureId, huntId, claim.ClaimId, claim.PlayerId, reason, position, beaten?.Position, lateBy, claim.AcceptedAt,
            decidedAt, claim.Fingerprint);
    }

    /// <summary>
    /// Whether a decision is recorded. A refusal of a player who has had many at the treasure is not; a wrong proof always is, because it
    /// must be counted.
    /// </summary>
    public static bool IsRecorded(IClaimEvent decision, PlayerUsage player) =>
        decision is not ClaimRefused { Reason: not Reasons.ProofWrong } || !player.RefusalsFull;

    /// <summary>
    /// What a refusal counts for: its treasure and player, or the player alone (the treasure is then empty) when there is no such treasure.
    /// </summary>
    public static (string TreasureId, string PlayerId) CountedAt(ClaimRefused refused) =>
        (refused.Reason == Reasons.TreasureNotFound ? "" : refused.TreasureId, refused.PlayerId);

    /// <summary>The answer to a claim whose refusal is not recorded: it takes no position.</summary>
    public static ClaimRefused Unrecorded(IClaimEvent refused) =>
        new(refused.TreasureId, refused.HuntId, refused.ClaimId, refused.PlayerId, Reasons.TooManyRefusals, 0, null, null, refused.AcceptedAt, refused.DecidedAt);

    /// <summary>The outcome that an event stands for: first decided or found again, it reads the same.</summary>
    public static DecidedClaim OutcomeOf(IClaimEvent e) => e is ClaimRefused refused
        ? new(e.ClaimId, e.TreasureId, e.HuntId, e.PlayerId, Outcomes.Rejected, refused.Reason, e.Position, refused.WinningPosition, refused.LateByMs, e.AcceptedAt, e.DecidedAt, e.Fingerprint)
        : new(e.ClaimId, e.TreasureId, e.HuntId, e.PlayerId, Outcomes.Won, null, e.Position, null, null, e.AcceptedAt, e.DecidedAt, e.Fingerprint);

    // The order matters to players: what is wrong with the hunt or the treasure comes before what is wrong with the claim,
    // and a proof is only judged, and an attempt only counted, when it could have won.
    private static string? Refusal(Treasure? treasure, Hunt? hunt, PlayerUsage player, AcceptedClaim claim)
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
            _ when player.AwardsHere >= treasure.PerPlayer => Reasons.AlreadyClaimed,
            _ when player.AwardsInHunt >= hunt.PlayerLimit => Reasons.PlayerLimitReached,
            _ when treasure.Remaining <= 0 => Reasons.TreasureExhausted,
            _ when treasure.Proof is { } proof => ProofRefusal(proof, player, claim.Proof),
            _ => null,
        };
    }

    private static string? ProofRefusal(ProofHash expected, PlayerUsage player, string? given) => given switch
    {
        null or "" => Reasons.ProofMissing,
        _ when player.WrongProofs >= MaxWrongProofs => Reasons.TooManyAttempts,
        _ when !Proofs.Verify(expected, given) => Reasons.ProofWrong,
        _ => null,
    };
}
