using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Commands.Claims.Refusals;

/// <summary>
/// Stores refusals that are not recorded as events. A client that polls for such a claim finds no outcome in a read model. Therefore the
/// key of the pending claim contains the refusal for an hour.
/// </summary>
public sealed class UnrecordedRefusalStore(ReadModelRedis redis, ReadModelKeys keys)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    /// <summary>
    /// Replaces the values of the pending claims without waiting for Redis. If Redis fails, the claims stay pending until their keys
    /// expire.
    /// </summary>
    public void Store(IEnumerable<IClaimEvent> outcomes)
    {
        foreach (var refused in outcomes.OfType<ClaimRefused>().Where(refused => refused.Reason == Reasons.TooManyRefusals))
        {
            var view = new ClaimView(
                ClaimId: refused.ClaimId,
                TreasureId: refused.TreasureId,
                HuntId: refused.HuntId,
                PlayerId: refused.PlayerId,
                Outcome: Outcomes.Rejected,
                Reason: refused.Reason,
                AcceptedAt: refused.AcceptedAt,
                DecidedAt: refused.DecidedAt);
            try
            {
                redis.Database.StringSet(
                    keys.Pending(refused.ClaimId), VersionedJson.Of(0, view).ToBytes(), Ttl, flags: CommandFlags.FireAndForget);
            }
            catch (RedisException)
            {
                return;
            }
        }
    }
}
