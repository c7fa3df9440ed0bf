using StackExchange.Redis;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Read models that are wiped, away, slow, or written to too late.</summary>
internal static class CacheFaults
{
    private static readonly string[] Nodes = ["redis-read-models-1", "redis-read-models-2", "redis-read-models-3"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(22, "read-models-wiped", "right answers or an honest 503; rebuilt by itself within 60 s")
        {
            LosesMarks = true,
            Holds = TimeSpan.Zero,
            ShortHolds = TimeSpan.Zero,
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                await LockFaults.Flush(ServerAddresses.ReadModels);
                return "FLUSHALL on the cluster";
            },
        },
        new(23, "redis-node-dies", "the breaker opens; other slots go on")
        {
            LosesMarks = true,
            Holds = TimeSpan.FromSeconds(5),
            Fire = async scene =>
            {
                await scene.Set.Kill("redis-read-models-2");
                return "one of three nodes killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new(24, "memcached-stands-still", "Redis answers")
        {
            Holds = TimeSpan.FromSeconds(8),
            ShortHolds = TimeSpan.FromSeconds(3),
            Unnoticed = true,
            Fire = async scene =>
            {
                await scene.Set.Freeze("memcached");
                return "Memcached stopped";
            },
            Heal = scene => scene.Set.Thaw("memcached"),
        },
        new Fault(25, "slow-fill", "a value that was read before a newer one was written is not put back")
        {
            Holds = TimeSpan.FromSeconds(6),
            Unnoticed = true,
            Fire = scene =>
            {
                // Between the read and the fill lies long enough for the projections to write something newer.
                scene.Relay.Delay(Direction.ToServer, TimeSpan.FromMilliseconds(40));
                return Task.FromResult("every word of api-1 to Memcached 40 ms late");
            },
        }.Behind(ServerAddresses.Memcached, "api-1"),
        new(26, "all-caches-die", "from memory while it may, then 503; back by itself")
        {
            LosesMarks = true,
            Holds = TimeSpan.FromSeconds(8),
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                await scene.Set.Kill([.. Nodes, "memcached"]);
                return "three nodes of Redis and Memcached killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        RedisFull(),
    ];

    private static Fault RedisFull()
    {
        var before = new Dictionary<string, string>();
        return new(32, "redis-full", "reads go on, Hunt-Status says that something is wrong; back by itself")
        {
            Holds = TimeSpan.FromSeconds(5),
            Alone = true,
            LosesMarks = true,
            ReadsGoOn = true,
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                foreach (var node in ServerAddresses.ReadModels)
                {
                    // Less than an empty node takes: every write is refused from now on.
                    before[node] = await SetMemory(node, "1mb");
                }

                await Until.True("the site says that something is wrong", async () => await scene.Status() is { } status and not "normal");
                return "maxmemory of each node of Redis below what it holds; Hunt-Status was no longer normal";
            },
            Heal = async scene =>
            {
                foreach (var (node, memory) in before)
                {
                    await SetMemory(node, memory);
                }

                await Until.True("the site says that all is well", async () => await scene.Status() is "normal");
            },
        };
    }

    // Answers what it was.
    private static async Task<string> SetMemory(string node, string most)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{node},allowAdmin=true");
        var server = redis.GetServer(node);
        var before = (await server.ConfigGetAsync("maxmemory")).Single().Value;
        await server.ConfigSetAsync("maxmemory", most);
        return before;
    }
}
