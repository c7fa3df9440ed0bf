using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Marks claims as pending while they go onto the bus, so that no caller is told of an accepted claim that there is none; and finds,
/// in the same round trip, those that are decided already.
/// </summary>
public sealed class PendingClaims(CacheTiers hops, ReadModelKeys keys, Generations generations)
{
    /// <summary>
    /// How long a claim may stay undecided before its mark is forgotten: servers may be away for hours, and a mark that goes too
    /// early makes an accepted claim read as "not found". The projection of the outcome removes the mark, so only claims that are
    /// never decided keep one so long.
    /// </summary>
    private static readonly TimeSpan PendingTtl = TimeSpan.FromHours(24);

    /// <summary>Marks the claims.</summary>
    /// <param name="asked">
    /// The claims whose outcome is read as well. The callers of the others wait for the worker's answer, which tells it anyway.
    /// </param>
    /// <returns>The asked claims that are decided already, with their outcome; without Redis, none.</returns>
    public async Task<Dictionary<Guid, ClaimView>> MarkAsync(IReadOnlyList<AcceptedClaim> claims, IReadOnlySet<Guid> asked)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        try
        {
            var live = await generations.LiveAsync(ReadModelNames.Claims, CancellationToken.None);
            var known =
                await hops.QueryRedisAsync(
                    redis => Task.WhenAll(claims.Select(claim => MarkAsync(redis, live, claim, asked.Contains(claim.ClaimId)))),
                    CancellationToken.None);
            foreach (var outcome in known.Where(outcome => !outcome.IsNull))
            {
                if (VersionedValue.Parse((byte[])outcome!) is { IsNotWritable: false } value)
                {
                    var view = value.View<ClaimView>();
                    decided[view.ClaimId] = view;
                }
            }
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception) || exception is ReadModelUnavailableException)
        {
            // The mark is a courtesy; the bus is the promise.
        }

        return decided;
    }

    /// <summary>A claim as it reads while nobody has decided it.</summary>
    public static ClaimView ViewOf(AcceptedClaim claim) =>
        new(claim.ClaimId, claim.TreasureId, "", claim.PlayerId, Outcomes.Pending, AcceptedAt: claim.AcceptedAt);

    // Two plain commands in one round trip: a script costs Redis and the client several times as much, for each claim. Every mark is waited
    // for: the breaker must not take for an answer what was only sent. A full Redis refuses the mark and still tells the outcome.
    private async Task<RedisValue> MarkAsync(IDatabase redis, GenerationKeys live, AcceptedClaim claim, bool isAsked)
    {
        var mark = keys.Pending(claim.ClaimId);
        var known = isAsked ? redis.StringGetAsync(live.Claim(claim.ClaimId).Name) : null;
        var marked = redis.StringSetAsync(mark, VersionedJson.Of(0, ViewOf(claim)).ToBytes(), PendingTtl, When.NotExists);
        var decided = known is null ? RedisValue.Null : await known;
        try
        {
            // Readers look at the outcome before the mark, so a mark of a decided claim harms none; it only takes room for a day.
            if (await marked && !decided.IsNull)
            {
                await redis.KeyDeleteAsync(mark);
            }
        }
        catch (RedisServerException exception) when (CacheTiers.IsFull(exception))
        {
            hops.ReportRedisFull();
        }

        return decided;
    }
}
