using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Api;

/// <summary>
/// Marks claims as pending before they go onto the bus, so that nobody is told of a claim that was accepted that there is
/// none; and finds, in the same round trip, the ones that are decided already. A decided claim gets no mark.
/// </summary>
public sealed class PendingClaims(Hops hops, Keys keys, Generations generations)
{
    /// <summary>
    /// How long a claim may stay undecided before its mark is forgotten: servers may be away for hours, and a mark that goes too
    /// early makes an accepted claim read as "not found". The projection of the outcome removes the mark, so only claims that are
    /// never decided keep one so long.
    /// </summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Marks the claims. Those decided already come back with their outcome; without Redis, none do.</summary>
    public async Task<Dictionary<Guid, ClaimView>> Mark(IReadOnlyList<AcceptedClaim> claims)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        try
        {
            var live = await generations.Live(ReadModelNames.Claims, CancellationToken.None);
            var known = await hops.Redis(redis => Task.WhenAll(claims.Select(claim => Mark(redis, live, claim))), CancellationToken.None);
            foreach (var outcome in known.Where(outcome => !outcome.IsNull))
            {
                if (StampedValue.Parse((byte[])outcome!) is { IsNotWritable: false } value)
                {
                    var view = value.View<ClaimView>();
                    decided[view.ClaimId] = view;
                }
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

    // Two plain commands in one round trip: a script costs Redis and the client several times as much, for each claim. Every mark is waited for: the
    // breaker must not take for an answer what was only sent. A full Redis refuses the mark and still tells the outcome.
    private async Task<RedisValue> Mark(IDatabase redis, GenerationKeys live, AcceptedClaim claim)
    {
        var mark = keys.Pending(claim.ClaimId);
        var known = redis.StringGetAsync(live.Claim(claim.ClaimId).Name);
        var marked = redis.StringSetAsync(mark, Stamp.Of(0, ViewOf(claim)).ToBytes(), Life, When.NotExists);
        var decided = await known;
        try
        {
            // The outcome is read before the mark, so a mark of a decided claim would harm no reader; it would only take room for a day.
            if (await marked && !decided.IsNull)
            {
                await redis.KeyDeleteAsync(mark);
            }
        }
        catch (RedisServerException exception) when (Hops.IsFull(exception))
        {
            hops.NoteFull();
        }

        return decided;
    }
}
