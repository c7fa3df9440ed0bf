using StackExchange.Redis;

namespace TreasureHunt.Integration.Harness;

/// <summary>Keys of one installation on servers that others may use as well.</summary>
internal static class RedisKeys
{
    /// <summary>Deletes the keys of a pattern on every master, and answers how many there were.</summary>
    public static async Task<int> Delete(string endpoints, string pattern)
    {
        var deleted = 0;
        foreach (var endpoint in endpoints.Split(';', ','))
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(endpoint);
            await foreach (var key in redis.GetServer(endpoint).KeysAsync(pattern: pattern, pageSize: 1000))
            {
                deleted += await redis.GetDatabase().KeyDeleteAsync(key) ? 1 : 0;
            }
        }

        return deleted;
    }
}
