using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Leaderboard;

/// <summary>Counts the awards of each player of a hunt in Redis.</summary>
public sealed class LeaderboardReadModel(int generation, ReadModelRedis redis, ReadModelKeys keys, IsolatedKeys isolated)
    : RedisReadModel(ReadModelNames.Leaderboard, generation, redis, keys, isolated)
{
    public static bool Includes(Type type) => type == typeof(TreasureAwarded) || type == typeof(AwardRevoked);

    /// <summary>What an event changes on its hunt's leaderboard.</summary>
    public static (string HuntId, string PlayerId, int Awards) Change(object @event) => @event switch
    {
        TreasureAwarded award => (award.HuntId, award.PlayerId, 1),
        AwardRevoked revoked => (revoked.HuntId, revoked.PlayerId, -1),
        _ => throw new ArgumentException($"{@event.GetType().Name} does not change a leaderboard."),
    };

    protected override Task FoldAsync(IReadOnlyList<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        foreach (var fact in facts)
        {
            var (huntId, playerId, awards) = Change(fact.Data);
            writes.Count(Names.Leaderboard(huntId), playerId, awards, fact.Sequence);
        }

        foreach (var hunt in facts.GroupBy(fact => Change(fact.Data).HuntId))
        {
            writes.Set(Names.LeaderboardSequence(hunt.Key), hunt.Last().Sequence);
        }

        return Task.CompletedTask;
    }
}
