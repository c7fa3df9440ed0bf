using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Marks claims as pending in Redis while they are sent, so that an accepted claim is never reported as not found. Reads in the same
/// round trip which claims are decided already.
/// </summary>
public sealed class PendingClaimStore(CacheTiers tiers, ReadModelKeys keys, Generations generations)
{
    /// <summary>
    /// How long a claim can stay undecided before its mark expires. Servers can be down for hours, and after the mark has expired an
    /// accepted claim reads as "not found". The projection of the outcome deletes the mark, so only claims that are never decided keep
    /// it this long.
    /// </summary>
    private static readonly TimeSpan PendingTtl = TimeSpan.FromHours(24);

    /// <summary>Marks the claims.</summary>
    /// <param name="withoutReply">
    /// The claims whose outcome is read as well. For all other claims the worker's reply brings the outcome.
    /// </param>
    /// <returns>The outcomes of the claims <paramref name="withoutReply"/> that are decided already; none without Redis.</returns>
    public async Task<Dictionary<Guid, ClaimView>> MarkAsync(IReadOnlyList<AcceptedClaim> claims, IReadOnlySet<Guid> withoutReply)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        try
        {
            var live = await generations.LiveAsync(ReadModelNames.Claims, CancellationToken.None);
            var outcomes = await tiers.QueryRedisAsync(
                redis => Task.WhenAll(claims.Select(claim => MarkAsync(redis, live, claim, withoutReply.Contains(claim.ClaimId)))),
                CancellationToken.None);
            foreach (var outcome in outcomes.Where(outcome => !outcome.IsNull))
            {
                if (VersionedValue.Parse((byte[])outcome!) is { IsNotWritable: false } value)
                {
                    var view = value.ToView<ClaimView>();
                    decided[view.ClaimId] = view;
                }
            }
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception) || exception is ReadModelUnavailableException)
        {
            // The claim is safe on the bus; the mark only improves reads.
        }

        return decided;
    }

    /// <summary>The view of a claim that is not decided.</summary>
    public static ClaimView ViewOf(AcceptedClaim claim) => new(
        ClaimId: claim.ClaimId,
        TreasureId: claim.TreasureId,
        HuntId: "",
        PlayerId: claim.PlayerId,
        Outcome: Outcomes.Pending,
        AcceptedAt: claim.AcceptedAt);

    // Two plain commands in one round trip cost Redis and the client several times less than a script for each claim. Each mark is
    // awaited: the circuit breaker must count replies, not commands that were only sent. A full Redis refuses the mark, but returns the
    // outcome.
    private async Task<RedisValue> MarkAsync(IDatabase redis, GenerationKeys live, AcceptedClaim claim, bool readsOutcome)
    {
        var mark = keys.Pending(claim.ClaimId);
        var outcome = readsOutcome ? redis.StringGetAsync(live.Claim(claim.ClaimId).Name) : null;
        var marked = redis.StringSetAsync(mark, VersionedJson.Of(0, ViewOf(claim)).ToBytes(), PendingTtl, When.NotExists);
        var decided = outcome is null ? RedisValue.Null : await outcome;
        try
        {
            // Readers prefer the outcome to the mark, so the mark of a decided claim is harmless; it only takes memory for a day.
            if (await marked && !decided.IsNull)
            {
                await redis.KeyDeleteAsync(mark);
            }
        }
        catch (RedisServerException exception) when (CacheTiers.IsFull(exception))
        {
            tiers.ReportRedisFull();
        }

        return decided;
    }
}
