using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Folding;

namespace TreasureHunt.Projections.Claims;

/// <summary>Keeps each claim, and each player's list of claims, in Redis.</summary>
public sealed class ClaimsReadModel(int generation, ReadModelRedis redis, Keys keys, FactReader log)
    : RedisReadModel(ReadModelNames.Claims, generation, redis, keys)
{
    public static bool Includes(Type type) => type.IsAssignableTo(typeof(IClaimEvent)) || type == typeof(AwardRevoked);

    protected override async Task Fold(IReadOnlyList<Fact> facts, PartitionWrites writes, CancellationToken cancellation)
    {
        foreach (var claim in facts.GroupBy(fact => ClaimFold.ClaimOf(fact.Data)!.Value))
        {
            var first = claim.First();
            // The award was told in an earlier page; the log still has it, whatever became of the caches.
            var view = first.Data is AwardRevoked && await log.Event(claim.Key, cancellation) is { } award ? ClaimFold.Fold(null, award.Data) : null;
            view = claim.Aggregate(view, (folded, fact) => ClaimFold.Fold(folded, fact.Data));
            writes.Set(Names.Claim(claim.Key), Stamp.Of(claim.Last().Sequence, view!));
            if (first.Data is IClaimEvent decided)
            {
                writes.Add(Names.PlayerClaims(decided.PlayerId), claim.Key.ToString("N"), first.Sequence);
                writes.Remove(new PartitionedKey(Partitions.Of(claim.Key), Keys.Pending(claim.Key)), first.Sequence);
            }
        }
    }
}
