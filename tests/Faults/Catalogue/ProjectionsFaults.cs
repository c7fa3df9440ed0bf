using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>The Projections process dies or freezes.</summary>
internal static class ProjectionsFaults
{
    public static readonly IReadOnlyList<Fault> All =
    [
        new(20, "projections-die-mid-batch", "read models catch up within 30 s; nothing counts twice")
        {
            LosesPendingMarks = true,
            Duration = TimeSpan.FromSeconds(2),
            Inject = async scenario =>
            {
                // A node that does not answer interrupts the writes of a batch.
                await scenario.Set.Freeze("redis-read-models-2");
                // Time for a batch to begin, which cannot be observed from outside.
                await Task.Delay(TimeSpan.FromMilliseconds(500));
                await scenario.Set.Kill("projections");
                await scenario.Set.Unfreeze("redis-read-models-2");
                return "projections killed while a batch waited for a Redis node";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new Fault(21, "leader-stands-still", "the other Projections process takes over; no value goes back")
        {
            Duration = TimeSpan.FromSeconds(10),
            ShortDuration = TimeSpan.FromSeconds(1),
            IsExcludedFromShortSet = true,
            // The leader reaches Redis through the proxy. The second process does not.
            Prepare = async scenario => scenario.Own(await SecondProjections.Start(scenario.Set)),
            Inject = async scenario =>
            {
                var (proxy, treasure) = (scenario.Proxy, scenario.Hunt.UnclaimedTreasure);
                proxy.PauseConnectionsAt(treasure);
                await FaultHunt.Restock(scenario.Admin, treasure, 1);
                await Poll.Until("a batch of the leader is on its way to Redis", () => proxy.PausedConnections > 0);
                await scenario.Set.Freeze("projections");
                await FaultHunt.Restock(scenario.Admin, treasure, 1);
                await FaultHunt.UntilReadable(scenario.Admin, treasure, view => view.Stock == FaultHunt.UnclaimedStock + 2);
                // Nothing changes this treasure from now on, so an older value from the late batch would stay.
                proxy.Resume();
                return "the leader frozen with a batch on its way to Redis, which arrived after the other process had taken over";
            },
            Heal = scenario => scenario.Set.Unfreeze("projections"),
        }.ThroughProxy(ServerAddresses.RedisReadModels, "projections"),
    ];
}
