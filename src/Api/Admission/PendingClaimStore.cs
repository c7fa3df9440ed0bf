using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Marks claims as pending in Redis, so that a claim whose caller got a <c>202</c> is never reported as not found. Reads in the same round
/// trip which claims are decided already.
/// </summary>
/// <remarks>A claim whose caller waits for the outcome needs no mark while outcomes arrive: nothing was reported yet.</remarks>
public sealed class PendingClaimStore(CacheTiers tiers, ReadModelKeys keys, Generations generations)
{
    /// <summary>
    /// How long a claim can stay undecided before its mark expires. Servers can be down for hours, and after the mark has expired an
    /// accepted claim reads as "not found". The projection of the outcome deletes the mark, so only claims that are never decided keep
    /// it this long.
    /// </summary>
    private static readonly TimeSpan PendingTtl = TimeSpan.FromHours(24);

    /// <summary>Marks the claims.</summary>
    /// <returns>The outcomes of the claims that are decided already; none without Redis.</returns>
    public async Task<IReadOnlyDictionary<Guid, ClaimView>> MarkAsync(IReadOnlyCollection<AcceptedClaim> claims)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        if (claims.Count == 0)
        {
            return decided;
        }

        try
        {
            var live = await generations.LiveAsync(ReadModelNames.Claims, CancellationToken.None);
            var outcomes = await tiers.QueryRedisAsync(
                redis => Task.WhenAll(claims.Select(claim => MarkAsync(redis, live, claim))), CancellationToken.None);
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
    private async Task<RedisValue> MarkAsync(IDatabase redis, GenerationKeys live, AcceptedClaim claim)
    {
        var mark = keys.Pending(claim.ClaimId);
        var outcome = redis.StringGetAsync(live.Claim(claim.ClaimId).Name);
        var marked = redis.StringSetAsync(mark, VersionedJson.Of(0, ViewOf(claim)).ToBytes(), PendingTtl, When.NotExists);
        var decided = await outcome;
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
