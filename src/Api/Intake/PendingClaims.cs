using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Api;

/// <summary>
/// Marks claims as pending before they go onto the bus, so that nobody is told of a claim that was accepted that there is
/// none; and finds, in the same round trip, the ones that are decided already.
/// </summary>
public sealed class PendingClaims(Hops hops, Keys keys, Generations generations)
{
    /// <summary>How long a claim may stay undecided, while servers are away, before its mark is forgotten.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    // KEYS: for each claim, where its outcome is and where its mark goes. ARGV: seconds, then each mark.
    private const string Script =
        """
        local known = {}
        for i = 1, #KEYS, 2 do
          local outcome = redis.call('GET', KEYS[i])
          if not outcome then
            redis.call('SET', KEYS[i + 1], ARGV[(i + 3) / 2], 'EX', ARGV[1], 'NX')
          end
          known[#known + 1] = outcome
        end
        return known
        """;

    /// <summary>Marks the claims. Those decided already come back with their outcome; without Redis, none do.</summary>
    public async Task<Dictionary<Guid, ClaimView>> Mark(IReadOnlyList<AcceptedClaim> claims)
    {
        var decided = new Dictionary<Guid, ClaimView>();
        try
        {
            var live = await generations.Live(ReadModelNames.Claims, CancellationToken.None);
            var partitions = claims.GroupBy(claim => Partitions.Of(claim.ClaimId)).ToList();
            var known = await hops.Redis(redis => Task.WhenAll(partitions.Select(partition => Mark(redis, live, partition.ToList()))), CancellationToken.None);
            foreach (var outcome in known.SelectMany(partition => (RedisValue[])partition!).Where(outcome => !outcome.IsNull))
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

    private Task<RedisResult> Mark(IDatabase redis, GenerationKeys live, List<AcceptedClaim> claims) => redis.ScriptEvaluateAsync(
        Script,
        claims.SelectMany(claim => new RedisKey[] { live.Claim(claim.ClaimId).Name, keys.Pending(claim.ClaimId) }).ToArray(),
        [(long)Life.TotalSeconds, .. claims.Select(claim => (RedisValue)Stamp.Of(0, ViewOf(claim)).ToBytes())]);
}
