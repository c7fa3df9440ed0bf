using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections.Folding;

namespace TreasureHunt.Projections.Claims;

/// <summary>Keeps each claim, and each player's list of claims, in Redis.</summary>
public sealed class ClaimsSubscription(GuardedRedis redis, Keys keys, Lag lag)
    : ReadModelSubscription(ReadModelNames.Claims, lag, type => type.IsAssignableTo(typeof(IClaimEvent)) || type == typeof(AwardRevoked))
{
    protected override async Task Apply(IReadOnlyList<IEvent> events, long ceiling, IQuerySession log, CancellationToken cancellation)
    {
        var writes = new List<Task>(events.Count * 2);
        foreach (var claim in events.GroupBy(e => ClaimFold.ClaimOf(e.Data)!.Value))
        {
            var view = claim.First().Data is AwardRevoked revoked ? await Decided(revoked.ClaimId, log, cancellation) : null;
            view = claim.Aggregate(view, (folded, e) => ClaimFold.Fold(folded, e.Data));
            writes.Add(redis.Set(keys.Claim(claim.Key), Stamp.Of(claim.Last().Sequence, view!)));
            if (claim.First().Data is IClaimEvent decided)
            {
                writes.Add(redis.Add(keys.PlayerClaims(decided.PlayerId), claim.Key.ToString("N"), claim.First().Sequence));
            }
        }

        await Task.WhenAll(writes);
        await redis.Progress(keys.Progress(Name), ceiling);
        // Claims of one transaction were decided at one moment.
        foreach (var batch in events.Select(e => e.Data).OfType<IClaimEvent>().CountBy(claim => claim.DecidedAt))
        {
            Lag.Batch(batch.Value);
        }
    }

    // The award was told in an earlier page; the log still has it, whatever became of the caches.
    private static async Task<ClaimView?> Decided(Guid claimId, IQuerySession log, CancellationToken cancellation)
    {
        var award = await log.Events.LoadAsync(claimId, cancellation);
        return award is null ? null : ClaimFold.Fold(null, award.Data);
    }
}
