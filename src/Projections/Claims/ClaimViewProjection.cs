using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Claims;

/// <summary>A claim as readers see it. Its outcome never changes; a revocation is told beside it.</summary>
public static class ClaimViewProjection
{
    public static ClaimView? Fold(ClaimView? view, object @event) => (view, @event) switch
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

    /// <summary>The claim that an event is about, or null.</summary>
    public static Guid? ClaimOf(object @event) => @event switch
    {
        IClaimEvent e => e.ClaimId,
        AwardRevoked e => e.ClaimId,
        _ => null,
    };
}
