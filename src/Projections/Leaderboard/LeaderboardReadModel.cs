using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Leaderboard;

/// <summary>The number of awards of each player of a hunt, in Redis.</summary>
public sealed class LeaderboardReadModel(int generation, ReadModelRedis redis, ReadModelKeys keys, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Leaderboard, generation, redis, keys, isolated)
{
    public static bool Includes(Type type) => type == typeof(TreasureAwarded) || type == typeof(AwardRevoked);

    /// <summary>The change that an event makes to its hunt's leaderboard.</summary>
    public static (string HuntId, string PlayerId, int Awards) ChangeOf(object @event) => @event switch
    {
        TreasureAwarded award => (award.HuntId, award.PlayerId, 1),
        AwardRevoked revoked => (revoked.HuntId, revoked.PlayerId, -1),
        _ => throw new ArgumentException($"{@event.GetType().Name} does not change a leaderboard."),
    };

    protected override Task ProjectEventsAsync(
        IReadOnlyList<RecordedEvent> events, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        foreach (var recorded in events)
        {
            var (huntId, playerId, awards) = ChangeOf(recorded.Data);
            writes.Count(Keys.Leaderboard(huntId), playerId, awards, recorded.Sequence);
        }

        foreach (var hunt in events.GroupBy(recorded => ChangeOf(recorded.Data).HuntId))
        {
            writes.Set(Keys.LeaderboardSequence(hunt.Key), hunt.Last().Sequence);
            writes.Publish(SharedKeys.LeaderboardChanges, Encoding.UTF8.GetBytes(hunt.Key));
        }

        return Task.CompletedTask;
    }
}
