using StackExchange.Redis;

namespace TreasureHunt.Integration.Harness;

/// <summary>Keys of one installation on servers that others use as well.</summary>
internal static class RedisKeys
{
    // All at once, whatever their slots: nobody sees a part of it gone.
    private const string DeleteAll =
        """
        #!lua flags=allow-cross-slot-keys
        local keys = redis.call('KEYS', ARGV[1])
        for _, key in ipairs(keys) do redis.call('DEL', key) end
        return #keys
        """;

    /// <summary>Deletes the keys of a pattern, all of a master at once, and answers how many there were.</summary>
    /// <param name="nodes">On how many of the masters.</param>
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
