using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Api;

/// <summary>
/// Marks claims as pending before they go onto the bus, so that nobody is told of a claim that was accepted that there is
/// none; and finds, in the same round trip, the ones that are decided already, for callers who do not wait for the worker to
/// say so. The mark of one that is decided harms nobody: its outcome is read first.
/// </summary>
public sealed class PendingClaims(Hops hops, Keys keys, Generations generations)
{
    /// <summary>How long a claim may stay undecided, while servers are away, before its mark is forgotten.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Marks the claims. Those decided already come back with their outcome; without Redis, none do.</summary>
    /// <param name="asked">Of these claims somebody wants to know whether they are decided.</param>
    public async Task<Dictionary<Guid, ClaimView>> Mark(IReadOnlyList<AcceptedClaim> claims, IReadOnlySet<Guid> asked)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        try
        {
            var live = await generations.Live(ReadModelNames.Claims, CancellationToken.None);
            var known = await hops.Redis(redis => Task.WhenAll(claims.Select(claim => Mark(redis, live, claim, asked.Contains(claim.ClaimId)))), CancellationToken.None);
            foreach (var outcome in known.Where(outcome => !outcome.IsNull))
            {
                var view = StampedValue.Parse((byte[])outcome!).View<ClaimView>();
                decided[view.ClaimId] = view;
            }
        }
        catch (Exception exception) when (Hops.IsOutage(exception) || exception is ReadModelUnavailableException)
        {
            // The mark is a courtesy; the bus is the promise.
        }

        return decided;
    }

    /// <summary>A claim as it reads while nobody has decided it.</summary>
    public static ClaimView ViewOf(AcceptedClaim claim) =>
        new(claim.ClaimId, claim.TreasureId, "", claim.PlayerId, Outcomes.Pending, AcceptedAt: claim.AcceptedAt);

    // Every mark is waited for: the breaker must not take for an answer what was only sent.
    private async Task<RedisValue> Mark(IDatabase redis, GenerationKeys live, AcceptedClaim claim, bool asked)
    {
        var mark = redis.StringSetAsync(keys.Pending(claim.ClaimId), Stamp.Of(0, ViewOf(claim)).ToBytes(), Life, When.NotExists);
        var known = asked ? redis.StringGetAsync(live.Claim(claim.ClaimId).Name) : null;
        await mark;
        return known is null ? RedisValue.Null : await known;
    }
}
