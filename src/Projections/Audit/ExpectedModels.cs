using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Audit;

/// <summary>
/// What the read models of a hunt must hold, folded from the log; its claims are compared as they are read, for there may be millions.
/// </summary>
public sealed class ExpectedModels
{
    public (long Sequence, HuntView? View) Hunt { get; private set; }

    public Dictionary<string, (long Sequence, TreasureView? View)> Treasures { get; } = [];

    public Dictionary<string, int> Leaderboard { get; } = [];

    public void Add(long sequence, object @event)
    {
        if (@event is IHuntEvent)
        {
            Hunt = (sequence, HuntViewProjection.Fold(Hunt.View, @event));
        }

        if (@event is ITreasureEvent treasure and not ClaimRefused)
        {
            Treasures[treasure.TreasureId] = (sequence, TreasureViewProjection.Fold(
                Treasures.GetValueOrDefault(treasure.TreasureId).View, @event));
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
