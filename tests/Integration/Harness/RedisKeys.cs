using StackExchange.Redis;

namespace TreasureHunt.Integration.Harness;

/// <summary>Keys of one installation on servers that others use as well.</summary>
internal static class RedisKeys
{
    // All at once, whatever their slots: nobody sees a part of it gone.
    private const string LoseAll =
        """
        #!lua flags=allow-cross-slot-keys
        local keys = redis.call('KEYS', ARGV[1])
        for _, key in ipairs(keys) do redis.call('DEL', key) end
        return #keys
        """;

    /// <summary>Has the keys of a pattern go as if nodes were emptied, and answers how many there were.</summary>
    /// <param name="nodes">How many of the nodes.</param>
    public static async Task<int> Lose(string endpoints, string pattern, int nodes = int.MaxValue)
    {
        var lost = 0;
        foreach (var endpoint in endpoints.Split(';', ',').Take(nodes))
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(endpoint);
            lost += (int)await redis.GetServer(endpoint).ExecuteAsync("EVAL", LoseAll, 0, pattern);
        }

        return lost;
    }

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
