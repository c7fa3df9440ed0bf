using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Commands.Claims.Refusals;

/// <summary>
/// Tells refusals that are not recorded. A caller who did not wait asks for its claim later, and no projection will ever tell it: the mark
/// that says "pending" says for an hour what it was refused for.
/// </summary>
public sealed class UnrecordedRefusals(ReadModelRedis redis, ReadModelKeys keys)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    /// <summary>
    /// Replaces the marks of these claims, without waiting for Redis: without it they stay pending until their mark expires.
    /// </summary>
    public void Tell(IEnumerable<IClaimEvent> outcomes)
    {
        foreach (var refused in outcomes.OfType<ClaimRefused>().Where(refused => refused.Reason == Reasons.TooManyRefusals))
        {
            var view = new ClaimView(
                refused.ClaimId, refused.TreasureId, refused.HuntId, refused.PlayerId, Outcomes.Rejected, refused.Reason,
                AcceptedAt: refused.AcceptedAt, DecidedAt: refused.DecidedAt);
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
