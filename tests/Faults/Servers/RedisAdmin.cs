using StackExchange.Redis;

namespace TreasureHunt.Faults.Servers;

/// <summary>Commands to single Redis servers with administrator rights.</summary>
internal static class RedisAdmin
{
    /// <summary>Deletes all keys of each server.</summary>
    public static async Task FlushAll(IEnumerable<string> servers)
    {
        foreach (var server in servers)
        {
            await using var redis = await Connect(server);
            await redis.GetServer(server).FlushAllDatabasesAsync();
        }
    }

    /// <returns>The previous value.</returns>
    public static async Task<string> SetMaxMemory(string node, string maxMemory)
    {
        await using var redis = await Connect(node);
        var server = redis.GetServer(node);
        var before = (await server.ConfigGetAsync("maxmemory")).Single().Value;
        await server.ConfigSetAsync("maxmemory", maxMemory);
        return before;
    }

    private static Task<ConnectionMultiplexer> Connect(string server) =>
        ConnectionMultiplexer.ConnectAsync($"{server},allowAdmin=true");
}
