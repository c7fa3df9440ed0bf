using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>The servers of the read models lose data, die, freeze, or get a write too late.</summary>
internal static class CacheFaults
{
    private static readonly string[] Nodes = ["redis-read-models-1", "redis-read-models-2", "redis-read-models-3"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(22, "read-models-wiped", "right answers or 503; rebuilt within 60 s without an operator")
        {
            LosesPendingMarks = true,
            Duration = TimeSpan.Zero,
            ShortDuration = TimeSpan.Zero,
            MaxRecovery = TimeSpan.FromSeconds(60),
            Inject = async scenario =>
            {
                await RedisAdmin.FlushAll(ServerAddresses.ReadModelNodes);
                return "FLUSHALL on the three nodes of the read models";
            },
        },
        new(23, "redis-node-dies", "reads of the node's partitions come from the local cache or get 503; other reads go on")
        {
            LosesPendingMarks = true,
            Duration = TimeSpan.FromSeconds(5),
            Inject = async scenario =>
            {
                await scenario.Set.Kill("redis-read-models-2");
                return "one of three nodes killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new(24, "memcached-stands-still", "Redis answers")
        {
            Duration = TimeSpan.FromSeconds(8),
            ShortDuration = TimeSpan.FromSeconds(3),
            MustFailNoCall = true,
            Inject = async scenario =>
            {
                await scenario.Set.Freeze("memcached");
                return "Memcached frozen";
            },
            Heal = scenario => scenario.Set.Unfreeze("memcached"),
        },
        new Fault(25, "slow-fill", "a value that was read before a newer write is not put back into the cache")
        {
            Duration = TimeSpan.FromSeconds(6),
            MustFailNoCall = true,
            Inject = scenario =>
            {
                // Gives the projections time to write a newer value between the Api's read and its write to Memcached.
                scenario.Proxy.Delay(Direction.ToServer, TimeSpan.FromMilliseconds(40));
                return Task.FromResult("all data from api-1 to Memcached 40 ms late");
            },
        }.ThroughProxy(ServerAddresses.Memcached, "api-1"),
        new(26, "all-caches-die", "reads from the local cache for up to a minute, then 503; back without an operator")
        {
            LosesPendingMarks = true,
            Duration = TimeSpan.FromSeconds(8),
            MaxRecovery = TimeSpan.FromSeconds(60),
            Inject = async scenario =>
            {
                await scenario.Set.Kill([.. Nodes, "memcached"]);
                return "Memcached and the three nodes of the read models killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        RedisFull(),
    ];

    private static Fault RedisFull()
    {
        var maxMemoryBefore = new Dictionary<string, string>();
        return new(32, "redis-full", "reads go on; Hunt-Status is not normal; back without an operator")
        {
            Duration = TimeSpan.FromSeconds(5),
            MustRunAlone = true,
            LosesPendingMarks = true,
            MustServeReads = true,
            MaxRecovery = TimeSpan.FromSeconds(60),
            Inject = async scenario =>
            {
                foreach (var node in ServerAddresses.ReadModelNodes)
                {
                    // Even an empty node uses more, so the node rejects every write.
                    maxMemoryBefore[node] = await RedisAdmin.SetMaxMemory(node, "1mb");
                }

                await Poll.Until(
                    "Hunt-Status is not normal", async () => await scenario.ReadHuntStatus() is { } status and not "normal");
                return "maxmemory of each Redis node below its used memory; Hunt-Status was not normal";
            },
            Heal = async scenario =>
            {
                foreach (var (node, maxMemory) in maxMemoryBefore)
                {
                    await RedisAdmin.SetMaxMemory(node, maxMemory);
                }

                await Poll.Until("Hunt-Status is normal", async () => await scenario.ReadHuntStatus() is "normal");
            },
        };
    }
}
