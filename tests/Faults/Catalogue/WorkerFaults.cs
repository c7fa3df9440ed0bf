using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Workers die or freeze.</summary>
internal static class WorkerFaults
{
    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(2, "worker-dies-before-commit", "claims are delivered again and decided after the restart")
        {
            Duration = TimeSpan.FromSeconds(1),
            ShortDuration = TimeSpan.FromSeconds(1),
            NeedsPendingDecision = true,
            Inject = async scenario =>
            {
                // A worker's transaction waits for the table before it writes its events. The workers die at that moment.
                await using var tableLock = await PostgresLock.LockTable(scenario.Postgres, ServerAddresses.Schema, "mt_events");
                await tableLock.UntilWaiting(1);
                await scenario.Set.Kill(Workers);
                // PostgreSQL has the whole transaction, and would commit it.
                await tableLock.TerminateWaitingSessions();
                return "both workers killed while a transaction waited for a lock, and the transaction rolled back";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new Fault(3, "worker-dies-before-ack", "the claims are already decided; the second delivery changes nothing")
        {
            Duration = TimeSpan.FromSeconds(1),
            Inject = async scenario =>
            {
                var proxy = scenario.Proxy;
                var eventsBefore = await scenario.CountEvents();
                proxy.Drop(Direction.ToServer);
                await Poll.Until(
                    "claims are decided and their acknowledgements dropped",
                    async () => await scenario.CountEvents() > eventsBefore && proxy.DroppedBytes > 0);
                await scenario.Set.Kill(Workers);
                return $"both workers killed, {proxy.DroppedBytes} bytes of acknowledgements dropped";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        }.ThroughProxy(ServerAddresses.RabbitMq, Workers),
        new Fault(4, "worker-stands-still", "the other worker takes over; the late append conflicts and is decided again")
        {
            // A frozen worker keeps its queue until the broker misses its heartbeats.
            Duration = TimeSpan.FromSeconds(32),
            MaxRecovery = TimeSpan.FromSeconds(45),
            // The queues' active consumer becomes commands-1.
            Prepare = scenario => scenario.Set.Restart(["commands-2"]),
            Inject = async scenario =>
            {
                // The answer to the worker's last query reaches it when it is long outdated.
                scenario.Proxy.Delay(Direction.ToClient, TimeSpan.FromSeconds(30));
                // Time for a query.
                await Task.Delay(TimeSpan.FromMilliseconds(50));
                await scenario.Set.Freeze("commands-1");
                return "commands-1 frozen for 32 s, three times the lifetime of a lock, with an answer of PostgreSQL on its way";
            },
            Heal = async scenario =>
            {
                scenario.Proxy.Clear();
                await scenario.Set.Unfreeze("commands-1");
            },
        }.ThroughProxy(ServerAddresses.Postgres, "commands-1"),
        new(31, "worker-crash-loop", "each accepted claim is decided; no dead letter")
        {
            Duration = TimeSpan.FromSeconds(1),
            ShortDuration = TimeSpan.FromSeconds(1),
            IsExcludedFromShortSet = true,
            MustRunAlone = true,
            MaxRecovery = TimeSpan.FromSeconds(60),
            Inject = async scenario =>
            {
                var rounds = scenario.IsShort ? 3 : 30;
                var isLimited = await scenario.Broker.LimitDeliveries(scenario.Hunt.Queue, 20);
                await using var tableLock = await PostgresLock.LockTable(scenario.Postgres, ServerAddresses.Schema, "mt_events");
                for (var round = 0; round < rounds; round++)
                {
                    // No transaction commits, so each round delivers the same messages.
                    await tableLock.UntilWaiting(1);
                    await scenario.Set.Kill(Workers);
                    await tableLock.TerminateWaitingSessions();
                    await scenario.Set.RunHunt(["hosts", "start", .. Workers]);
                }

                var limit = isLimited ? "the broker's delivery limit was 20" : "the queues have their own delivery limit";
                return $"both workers killed {rounds} times while a transaction waited for a lock; {limit}";
            },
            Heal = scenario => scenario.Set.StartMissing(),
            Restore = scenario => scenario.Broker.RemoveLimit(),
        },
    ];
}
