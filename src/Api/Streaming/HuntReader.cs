using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>All that there is of a hunt.</summary>
/// <param name="Hunt">The hunt.</param>
/// <param name="Position">The log position of the hunt or of the latest treasure in its list, whichever is later.</param>
/// <param name="Treasures">In the order in which they were hidden.</param>
/// <param name="Complete">No change of a treasure up to this log position is missing.</param>
public sealed record HuntReading(Versioned<HuntView> Hunt, long Position, IReadOnlyList<Versioned<TreasureView>> Treasures, long Complete);

/// <summary>
/// Reads whole hunts for streams, from Redis itself: only there stands how far the read model has come, and a cache in front
/// could be behind that. It is one reader a process and watched hunt, however many clients watch.
/// </summary>
public sealed class HuntReader(CacheTiers hops, Generations generations)
{
    /// <summary>Null when there is no such hunt.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis does not answer.</exception>
    public async Task<HuntReading?> ReadAsync(string huntId, CancellationToken cancellationToken)
    {
        try
        {
            var treasureKeys = await generations.LiveAsync(ReadModelNames.Treasures, cancellationToken);
            // First how far, then what: what was written up to there is in all that is read afterwards.
            var complete = await hops.QueryRedisAsync(redis => Checkpoints.CompleteAsync(redis, treasureKeys), cancellationToken)
                ?? throw ReadModelUnavailableException.Incomplete();
            var huntKeys = await generations.LiveAsync(ReadModelNames.Hunts, cancellationToken);
            var (hunt, list) = await hops.QueryRedisAsync(redis => HuntAndListAsync(redis, huntKeys, huntId), cancellationToken);
            if (!Parsed<HuntView>(hunt, out var seen))
            {
                return hunt.IsNull ? null : throw new ReadModelUnavailableException("The latest state of the hunt could not be written.");
            }

            var values = new List<RedisValue>(list.Length);
            foreach (var chunk in list.Chunk(ReadModelReader.MaxAtOnce))
            {
                values.AddRange(await hops.QueryRedisAsync(
                    redis => Task.WhenAll(chunk.Select(entry => redis.StringGetAsync(treasureKeys.Treasure((string)entry.Element!).Name))),
                    cancellationToken));
            }

            var treasures = values.Select(value => Parsed<TreasureView>(value, out var treasure) ? treasure : default).Where(
                treasure => treasure.Value is not null);
            return new HuntReading(
                seen,
                Math.Max(seen.Sequence, list.Length == 0 ? 0 : (long)list[^1].Score),
                treasures.ToList(),
                complete);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    /// <summary>Reads a stamped view, if it is one.</summary>
    public static bool Parsed<TView>(RedisValue value, [NotNullWhen(true)] out Versioned<TView> stamped)
    {
        stamped = default;
        if (!VersionedValue.TryParse((byte[]?)value, out var parsed) || parsed.IsNotWritable)
        {
            return false;
        }

        stamped = new Versioned<TView>(parsed.Sequence, parsed.View<TView>());
        return true;
    }

    private static async Task<(RedisValue Hunt, SortedSetEntry[] List)> HuntAndListAsync(
        IDatabase redis, GenerationKeys keys, string huntId)
    {
        var key = keys.Hunt(huntId);
        var hunt = redis.StringGetAsync(key.Name);
        var list = redis.SortedSetRangeByRankWithScoresAsync(keys.HuntTreasures(huntId).Name);
        var marker = redis.StringGetAsync(keys.Checkpoint(key.Partition));
        var read = (await hunt, await list);
        return (await marker).IsNull ? throw ReadModelUnavailableException.Incomplete() : read;
    }
}
