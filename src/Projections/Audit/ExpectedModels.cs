using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Projections.Claims;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Treasures;

namespace TreasureHunt.Projections.Audit;

/// <summary>What the read models of a hunt must hold, folded from the log.</summary>
public sealed class ExpectedModels
{
    public (long Sequence, HuntView? View) Hunt { get; private set; }

    public Dictionary<string, (long Sequence, TreasureView? View)> Treasures { get; } = [];

    public Dictionary<Guid, (long Sequence, ClaimView? View)> Claims { get; } = [];

    public Dictionary<string, List<Guid>> PlayerClaims { get; } = [];

    public Dictionary<string, int> Leaderboard { get; } = [];

    public void Add(long sequence, object @event)
    {
        if (@event is IHuntEvent)
        {
            Hunt = (sequence, HuntFold.Fold(Hunt.View, @event));
        }

        if (@event is ITreasureEvent treasure and not ClaimRefused)
        {
            Treasures[treasure.TreasureId] = (sequence, TreasureFold.Fold(Treasures.GetValueOrDefault(treasure.TreasureId).View, @event));
        }

        if (ClaimFold.ClaimOf(@event) is { } claimId)
        {
            Claims[claimId] = (sequence, ClaimFold.Fold(Claims.GetValueOrDefault(claimId).View, @event));
        }

        if (@event is IClaimEvent claim)
        {
            (PlayerClaims.TryGetValue(claim.PlayerId, out var claims) ? claims : PlayerClaims[claim.PlayerId] = []).Add(claim.ClaimId);
        }

        if (@event is TreasureAwarded award)
        {
            Leaderboard[award.PlayerId] = Leaderboard.GetValueOrDefault(award.PlayerId) + 1;
        }

        if (@event is AwardRevoked revoked && --Leaderboard[revoked.PlayerId] == 0)
        {
            Leaderboard.Remove(revoked.PlayerId);
        }
    }
}
