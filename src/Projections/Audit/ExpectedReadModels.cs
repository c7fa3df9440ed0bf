using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Leaderboard;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Audit;

/// <summary>
/// The expected read models of a hunt, computed from its events. Claims are not among them: there may be millions, so they are compared
/// as they are read.
/// </summary>
public sealed class ExpectedReadModels
{
    public (long Sequence, HuntView? View) Hunt { get; private set; }

    public Dictionary<string, (long Sequence, TreasureView? View)> Treasures { get; } = [];

    public Dictionary<string, int> Leaderboard { get; } = [];

    /// <summary>The sequence of the last change to <see cref="Leaderboard"/>; 0 when there is none.</summary>
    public long LeaderboardSequence { get; private set; }

    public void ApplyEvent(long sequence, object @event)
    {
        if (@event is IHuntEvent)
        {
            Hunt = (sequence, HuntViewProjection.Evolve(Hunt.View, @event));
        }

        if (@event is ITreasureEvent treasure and not ClaimRefused)
        {
            Treasures[treasure.TreasureId] = (sequence, TreasureViewProjection.Evolve(
                Treasures.GetValueOrDefault(treasure.TreasureId).View, @event));
        }

        if (LeaderboardReadModel.Includes(@event.GetType()))
        {
            LeaderboardSequence = sequence;
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
