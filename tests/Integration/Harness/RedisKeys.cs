using StackExchange.Redis;

namespace TreasureHunt.Integration.Harness;

/// <summary>Deletes the keys of one engine on shared Redis servers.</summary>
internal static class RedisKeys
{
    // One script deletes the keys of all hash slots, so that no reader sees only some of them deleted.
    private const string DeleteAll =
        """
        #!lua flags=allow-cross-slot-keys
        local keys = redis.call('KEYS', ARGV[1])
        for _, key in ipairs(keys) do redis.call('DEL', key) end
        return #keys
        """;

    /// <summary>Deletes the keys that match a pattern, atomically for each master, and returns their number.</summary>
    /// <param name="nodes">The number of masters on which keys are deleted.</param>
    public static async Task<int> Delete(string endpoints, string pattern, int nodes = int.MaxValue)
    {
        var deleted = 0;
        foreach (var endpoint in endpoints.Split(';', ',').Take(nodes))
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(endpoint);
            deleted += (int)await redis.GetServer(endpoint).ExecuteAsync("EVAL", DeleteAll, 0, pattern);
        }

        return deleted;
    }
}
