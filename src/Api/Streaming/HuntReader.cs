using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Hunts;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Reads whole hunts for streams. It reads Redis and not Memcached: only Redis has the checkpoints of the read models, and a cache in
/// front of it can be older. There is one read for each followed hunt and process, for any number of clients.
/// </summary>
public sealed class HuntReader(CacheTiers tiers, Generations generations, ViewReader views)
{
    /// <summary>Entries of a streamed leaderboard.</summary>
    private const int Top = 10;


    /// <summary>Null when the hunt does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis does not answer.</exception>
    public async Task<HuntSnapshot?> ReadAsync(string huntId, CancellationToken cancellationToken)
    {
        try
        {
            var treasureKeys = await generations.LiveAsync(ReadModelNames.Treasures, cancellationToken);
            // The checkpoints first: everything that was written up to them is in all values that are read afterwards.
            var completeUpTo = await tiers.QueryRedisAsync(redis => Checkpoints.CompleteUpToAsync(redis, treasureKeys), cancellationToken)
                ?? throw ReadModelUnavailableException.Incomplete();
            var huntKeys = await generations.LiveAsync(ReadModelNames.Hunts, cancellationToken);
            var (value, list) = await tiers.QueryRedisAsync(redis => ReadHuntAsync(redis, huntKeys, huntId), cancellationToken);
            if (!TryParse<HuntView>(value, out var hunt))
            {
                return value.IsNull ? null : throw ReadModelUnavailableException.NotWritable();
            }

            var treasures = await ReadTreasuresAsync(treasureKeys, list, cancellationToken);
            var position = Math.Max(hunt.Sequence, list.Length == 0 ? 0 : (long)list[^1].Score);
            return new HuntSnapshot(hunt, position, treasures, completeUpTo);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    /// <summary>Reads the first ten entries of a hunt's leaderboard.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis does not answer, or the leaderboards are incomplete.</exception>
    public async Task<Versioned<LeaderboardResponse>> ReadLeaderboardAsync(string huntId, CancellationToken cancellationToken)
    {
        try
        {
            var leaderboard = await views.ReadLeaderboardAsync(huntId, Top, cancellationToken);
            return new Versioned<LeaderboardResponse>(leaderboard.Sequence, new LeaderboardResponse(huntId, leaderboard.View));
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }
    }

    /// <summary>Parses a view with its sequence; false when the value is missing or was not writable.</summary>
    public static bool TryParse<TView>(RedisValue value, [NotNullWhen(true)] out Versioned<TView> view)
    {
        view = default;
        if (!VersionedValue.TryParse((byte[]?)value, out var parsed) || parsed.IsNotWritable)
        {
            return false;
        }

        view = new Versioned<TView>(parsed.Sequence, parsed.ToView<TView>());
        return true;
    }

    private static async Task<(RedisValue Hunt, SortedSetEntry[] Treasures)> ReadHuntAsync(
        IDatabase redis, GenerationKeys keys, string huntId)
    {
        var key = keys.Hunt(huntId);
        var hunt = redis.StringGetAsync(key.Name);
        var treasures = redis.SortedSetRangeByRankWithScoresAsync(keys.HuntTreasures(huntId).Name);
        var checkpoint = redis.StringGetAsync(keys.Checkpoint(key.Partition));
        var read = (await hunt, await treasures);
        return (await checkpoint).IsNull ? throw ReadModelUnavailableException.Incomplete() : read;
    }

    private async Task<List<Versioned<TreasureView>>> ReadTreasuresAsync(
        GenerationKeys keys, SortedSetEntry[] list, CancellationToken cancellationToken)
    {
        var treasures = new List<Versioned<TreasureView>>(list.Length);
        foreach (var chunk in list.Chunk(ReadModelReader.MaxConcurrentReads))
        {
            var values = await tiers.QueryRedisAsync(
                redis => Task.WhenAll(chunk.Select(entry => redis.StringGetAsync(keys.Treasure((string)entry.Element!).Name))),
                cancellationToken);
            foreach (var value in values)
            {
                if (TryParse<TreasureView>(value, out var treasure))
                {
                    treasures.Add(treasure);
                }
            }
        }

        return treasures;
    }
}
