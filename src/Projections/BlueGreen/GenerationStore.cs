using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Generations as they lie in Redis: the copy of the pointer for the Apis, the keys of one, and their end.</summary>
public sealed class GenerationStore(ReadModelRedis redis, ReadModelKeys keys)
{
    private const int PageSize = 1_000;

    /// <summary>Lets readers see a generation.</summary>
    public Task PointAsync(string readModel, int generation) => redis.Database.HashSetAsync(keys.Generations, readModel, generation);

    /// <summary>The generation that readers see; 0 when there is none.</summary>
    public async Task<int> PointedAsync(string readModel) => (int)await redis.Database.HashGetAsync(keys.Generations, readModel);

    /// <summary>All keys of a generation, in no order, node by node. What comes or goes meanwhile may be missing.</summary>
    public async IAsyncEnumerable<List<RedisKey>> PagesAsync(string readModel, int generation)
    {
        foreach (var server in redis.Primaries)
        {
            var page = new List<RedisKey>(PageSize);
            await foreach (var key in server.KeysAsync(pattern: keys.In(readModel, generation).Pattern, pageSize: PageSize))
            {
                page.Add(key);
                if (page.Count == PageSize)
                {
                    yield return page;
                    page = [];
                }
            }

            yield return page;
        }
    }

    /// <summary>Deletes a generation. What of it lies in Memcached ends by itself.</summary>
    public async Task DropAsync(string readModel, int generation)
    {
        // The markers go first: some reader may not have heard yet that there is another generation, and must not take what is
        // gone for something that never was.
        await Task.WhenAll(keys.In(readModel, generation).Checkpoints.Select(marker => redis.Database.KeyDeleteAsync(marker)));
        await foreach (var page in PagesAsync(readModel, generation))
        {
            await Task.WhenAll(page.Select(key => redis.Database.KeyDeleteAsync(key)));
        }
    }
}
