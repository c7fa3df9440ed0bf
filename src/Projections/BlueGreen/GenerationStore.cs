using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>The generations of the read models in Redis: the published numbers of the live ones, and the keys of each.</summary>
public sealed class GenerationStore(ReadModelRedis redis, ReadModelKeys keys)
{
    private const int BatchSize = 1_000;

    /// <summary>Makes readers use a generation.</summary>
    public Task PublishLiveGenerationAsync(string readModel, int generation) =>
        redis.Database.HashSetAsync(keys.Generations, readModel, generation);

    /// <summary>The generation that readers use; 0 when none is published.</summary>
    public async Task<int> ReadPublishedGenerationAsync(string readModel) =>
        (int)await redis.Database.HashGetAsync(keys.Generations, readModel);

    /// <summary>
    /// All keys of a generation in batches, node by node, in no order. Keys that are written or deleted meanwhile may be missing.
    /// </summary>
    public async IAsyncEnumerable<List<RedisKey>> ReadKeysAsync(string readModel, int generation)
    {
        foreach (var server in redis.Primaries)
        {
            var batch = new List<RedisKey>(BatchSize);
            await foreach (var key in server.KeysAsync(pattern: keys.OfGeneration(readModel, generation).Pattern, pageSize: BatchSize))
            {
                batch.Add(key);
                if (batch.Count == BatchSize)
                {
                    yield return batch;
                    batch = [];
                }
            }

            yield return batch;
        }
    }

    /// <summary>Deletes the keys of a generation in Redis. Its values in Memcached expire.</summary>
    public async Task DeleteGenerationAsync(string readModel, int generation)
    {
        // Checkpoints first: a reader that still uses this generation must not take a deleted key for "not found".
        await Task.WhenAll(
            keys.OfGeneration(readModel, generation).Checkpoints.Select(checkpoint => redis.Database.KeyDeleteAsync(checkpoint)));
        await foreach (var batch in ReadKeysAsync(readModel, generation))
        {
            // A command deletes only keys of one hash slot.
            await Task.WhenAll(batch.GroupBy(redis.HashSlotOf).Select(slot => redis.Database.KeyDeleteAsync([.. slot])));
        }
    }
}
