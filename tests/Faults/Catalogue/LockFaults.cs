using StackExchange.Redis;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Lock masters that die, stand still or forget. The log is right without them.</summary>
internal static class LockFaults
{
    /// <summary>Of the history: none of the load's.</summary>
    private const int Client = 100;

    public static readonly IReadOnlyList<Fault> All =
    [
        new(5, "lock-master-dies", "nobody notices")
        {
            Unnoticed = true,
            ShortHolds = TimeSpan.FromSeconds(2),
            Fire = async scene =>
            {
                await scene.Set.Kill("redis-locks-1");
                return "one of three masters killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new(6, "lock-master-stands-still", "claims take a little longer")
        {
            Holds = TimeSpan.FromSeconds(10),
            Unnoticed = true,
            Fire = async scene =>
            {
                await scene.Set.Freeze("redis-locks-1");
                return "one of three masters stopped";
            },
            Heal = scene => scene.Set.Thaw("redis-locks-1"),
        },
        new(7, "two-lock-masters-die", "decided on versions alone; the workers' health says so")
        {
            Holds = TimeSpan.FromSeconds(5),
            ShortHolds = TimeSpan.FromSeconds(3),
            Unnoticed = true,
            StrikesDeciding = true,
            Fire = async scene =>
            {
                await scene.Set.Kill("redis-locks-1", "redis-locks-2");
                await Until.True(
                    "a worker warns of its locks",
                    async () => await scene.Health("commands-1") is { } health && health.Contains("Degraded", StringComparison.Ordinal));
                await Overtake(scene);
                return "two of three masters killed, health Degraded; a treasure withdrawn while its claims were being decided";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new(8, "locks-forgotten", "a conflict at worst")
        {
            Holds = TimeSpan.Zero,
            Unnoticed = true,
            Fire = async scene =>
            {
                await Flush(ServerAddresses.Locks);
                return "FLUSHALL on three masters";
            },
        },
    ];

    public static async Task Flush(IEnumerable<string> servers)
    {
        foreach (var server in servers)
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server},allowAdmin=true");
            await redis.GetServer(server).FlushAllDatabasesAsync();
        }
    }

    // The claim is decided in a transaction that has read the treasure and not yet its hunt when an administrator withdraws it:
    // without a lock only its version tells. The transaction before it is held first, so that the claim is in the next one. The
    // search for due clues waits for the table too. On two cores there is one shard, so a transaction of claims is one of this treasure's
    // shard.
    private static async Task Overtake(FaultScenario scene)
    {
        var treasure = scene.Stage.Treasures[^1];
        var deciding = $"select id, data from {ServerAddresses.Schema}.mt_doc_hunt";
        var before = await LockHold.Table(scene.Postgres, ServerAddresses.Schema, "mt_doc_hunt", "access exclusive");
        await before.Waiting(1, deciding);
        await Until.True(
            "the claim is accepted",
            async () => (await scene.Client.Claim(Client, "overtaken", treasure, treasure, wait: false)).Status == 202);
        var next = LockHold.Table(scene.Postgres, ServerAddresses.Schema, "mt_doc_hunt", "access exclusive");
        await before.Waiting(1, "lock table");
        await before.DisposeAsync();
        await using var held = await next;
        await held.Waiting(1, deciding);
        await scene.Desk.CommandAsync($"/v1/treasures/{treasure}/withdraw", $"{treasure}-withdraw", null, CancellationToken.None);
    }
}
