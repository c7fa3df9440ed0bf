using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Peers.UnlockedRedis;

/// <summary>
/// Stores stock, winners and outcomes as plain values in Redis, without a lock. A claim takes two round trips, one to read and one to
/// write, over one connection that all claims of the process share.
/// </summary>
internal sealed class ReadModifyWrite(ReadModelRedis redis) : Peer
{
    public override async Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken)
    {
        KeyValuePair<RedisKey, RedisValue>[] values =
            [new(Key(treasureId, "stock"), stock), new(Key(treasureId, "left"), stock), new(Key(treasureId, "per-player"), perPlayer)];
        await redis.Database.StringSetAsync(values, When.NotExists);
    }

    public override async Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        var outcome = Key(claim.TreasureId, $"claim:{claim.ClaimId:N}");
        var left = Key(claim.TreasureId, "left");
        var held = Key(claim.TreasureId, $"player:{claim.PlayerId}");
        var read = await redis.Database.StringGetAsync([outcome, left, held, Key(claim.TreasureId, "per-player")]);
        if (!read[0].IsNull)
        {
            return read[0] == Outcomes.Won ? PeerOutcome.Won : PeerOutcome.Rejected(read[0]!);
        }

        var refusal = read[1].IsNull ? ProblemNames.TreasureNotFound
            : (long)read[1] <= 0 ? Reasons.TreasureExhausted
            : (long)read[2] >= (long)read[3] ? Reasons.AlreadyClaimed
            : null;
        if (refusal is not null)
        {
            await redis.Database.StringSetAsync(outcome, refusal);
            return PeerOutcome.Rejected(refusal);
        }

        await redis.Database.StringSetAsync([new(left, (long)read[1] - 1), new(held, (long)read[2] + 1), new(outcome, Outcomes.Won)]);
        return PeerOutcome.Won;
    }

    public override async Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken)
    {
        var read = await redis.Database.StringGetAsync([Key(treasureId, "stock"), Key(treasureId, "left")]);
        return read[0].IsNull ? null : new TreasureAnswer(treasureId, (int)read[0], (int)read[1]);
    }

    // The braces keep all keys of a treasure on one node of the cluster.
    private static RedisKey Key(string treasureId, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"unlocked-redis:{{{treasureId}}}:{name}");
}
