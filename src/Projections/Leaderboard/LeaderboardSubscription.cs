using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Projections.Folding;

namespace TreasureHunt.Projections.Leaderboard;

/// <summary>Counts the awards of each player of a hunt in Redis.</summary>
public sealed class LeaderboardSubscription(GuardedRedis redis, Keys keys, Lag lag)
    : ReadModelSubscription(ReadModelNames.Leaderboard, lag, type => type == typeof(TreasureAwarded) || type == typeof(AwardRevoked))
{
    protected override async Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation)
    {
        var hunts = events.Select(Change).GroupBy(change => change.HuntId);
        await Task.WhenAll(hunts.Select(hunt => redis.Count(
            keys.Leaderboard(hunt.Key), keys.LeaderboardSequence(hunt.Key), hunt.Select(change => (change.Sequence, change.PlayerId, change.Awards)))));
        await redis.Progress(keys.Progress(Name), ceiling);
    }

    /// <summary>What an event changes on its hunt's leaderboard.</summary>
    public static (string HuntId, long Sequence, string PlayerId, int Awards) Change(IEvent e) => e.Data switch
    {
        TreasureAwarded award => (award.HuntId, e.Sequence, award.PlayerId, 1),
        AwardRevoked revoked => (revoked.HuntId, e.Sequence, revoked.PlayerId, -1),
        _ => throw new ArgumentException($"{e.EventTypeName} does not change a leaderboard."),
    };
}
