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
            Holds = TimeSpan.Zero,
            ShortHolds = TimeSpan.Zero,
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                await LockFaults.Flush(Places.ReadModels);
                return "FLUSHALL on the cluster";
            },
        },
        new(23, "redis-node-dies", "the breaker opens; other slots go on")
        {
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
        }.Behind(Places.Memcached, "api-1"),
        new(26, "all-caches-die", "from memory while it may, then 503; back by itself")
        {
            Holds = TimeSpan.FromSeconds(8),
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                await scene.Set.Kill([.. Nodes, "memcached"]);
                return "three nodes of Redis and Memcached killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
    ];
}
