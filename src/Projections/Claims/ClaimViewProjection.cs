using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Claims;

/// <summary>The projection of a claim. Its outcome never changes; a revocation is a field of its own.</summary>
public static class ClaimViewProjection
{
    public static ClaimView? Evolve(ClaimView? view, object @event) => (view, @event) switch
    {
        (null, TreasureAwarded e) => new ClaimView(
            e.ClaimId, e.TreasureId, e.HuntId, e.PlayerId, Outcomes.Won, null, e.Position, null, null, e.AcceptedAt, e.DecidedAt,
            Fingerprint: e.Fingerprint),
        (null, ClaimRefused e) => new ClaimView(
            e.ClaimId, e.TreasureId, e.HuntId, e.PlayerId, Outcomes.Rejected, e.Reason, e.Position, e.WinningPosition, e.LateByMs,
            e.AcceptedAt, e.DecidedAt, Fingerprint: e.Fingerprint),
        (not null, AwardRevoked e) => view with { RevokedAt = e.At },
        _ => view,
    };

    /// <summary>The id of the claim that an event belongs to; null when it belongs to none.</summary>
    public static Guid? ClaimIdOf(object @event) => @event switch
    {
        IClaimEvent e => e.ClaimId,
        AwardRevoked e => e.ClaimId,
        _ => null,
    };
}
