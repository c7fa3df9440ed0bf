using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Lock masters die, freeze or lose their locks. Decisions stay right without locks.</summary>
internal static class LockFaults
{
    /// <summary>Client number in the call history, above those of the load.</summary>
    private const int Client = 100;

    public static readonly IReadOnlyList<Fault> All =
    [
        new(5, "lock-master-dies", "no effect")
        {
            MustFailNoCall = true,
            ShortDuration = TimeSpan.FromSeconds(2),
            Inject = async scenario =>
            {
                await scenario.Set.Kill("redis-locks-1");
                return "one of three masters killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new(6, "lock-master-stands-still", "claims take a little longer")
        {
            Duration = TimeSpan.FromSeconds(10),
            MustFailNoCall = true,
            Inject = async scenario =>
            {
                await scenario.Set.Freeze("redis-locks-1");
                return "one of three masters frozen";
            },
            Heal = scenario => scenario.Set.Unfreeze("redis-locks-1"),
        },
        new(7, "two-lock-masters-die", "decisions without locks, on versions alone; the workers' health reports it")
        {
            Duration = TimeSpan.FromSeconds(5),
            ShortDuration = TimeSpan.FromSeconds(3),
            MustFailNoCall = true,
            NeedsPendingDecision = true,
            Inject = async scenario =>
            {
                await scenario.Set.Kill("redis-locks-1", "redis-locks-2");
                await Poll.Until(
                    "a worker reports its locks as degraded",
                    async () => await scenario.ReadHealth("commands-1") is { } health
                        && health.Contains("Degraded", StringComparison.Ordinal));
                await WithdrawDuringDecision(scenario);
                return "two of three masters killed, health Degraded; a treasure withdrawn while its claims were being decided";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new(8, "locks-forgotten", "a conflict at worst")
        {
            Duration = TimeSpan.Zero,
            MustFailNoCall = true,
            Inject = async scenario =>
            {
                await RedisAdmin.FlushAll(ServerAddresses.LockMasters);
                return "FLUSHALL on three masters";
            },
        },
    ];

    /// <summary>
    /// Withdraws a treasure after the transaction of a claim has read the treasure and before it has read the hunt. Without a lock, only
    /// the stream version shows the conflict. The previous transaction is stopped first, so that the claim is in the next one. Statements
    /// are filtered because the search for due clues waits for the table, too. On two cores there is one shard, so each transaction of
    /// claims belongs to this treasure's shard.
    /// </summary>
    private static async Task WithdrawDuringDecision(FaultScenario scenario)
    {
        var treasure = scenario.Hunt.TreasureIds[^1];
        var readHunt = $"select id, data from {ServerAddresses.Schema}.mt_doc_hunt";
        var previous = await PostgresLock.LockTable(scenario.Postgres, ServerAddresses.Schema, "mt_doc_hunt", "access exclusive");
        await previous.UntilWaiting(1, readHunt);
        await Poll.Until(
            "the claim is accepted",
            async () => (await scenario.Client.Claim(Client, "overtaken", treasure, treasure, wait: false)).Status == 202);
        var next = PostgresLock.LockTable(scenario.Postgres, ServerAddresses.Schema, "mt_doc_hunt", "access exclusive");
        await previous.UntilWaiting(1, "lock table");
        await previous.DisposeAsync();
        await using var current = await next;
        await current.UntilWaiting(1, readHunt);
        await scenario.Admin.CommandAsync($"/v1/treasures/{treasure}/withdraw", $"{treasure}-withdraw", null, CancellationToken.None);
    }
}
