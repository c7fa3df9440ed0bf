using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>An Api dies.</summary>
internal static class ApiFaults
{
    public static readonly IReadOnlyList<Fault> All =
    [
        new(1, "api-dies", "a connection reset or a 502; a retry with the same key has one effect")
        {
            ShortDuration = TimeSpan.FromSeconds(2),
            Inject = async scenario =>
            {
                await scenario.Set.Kill("api-1");
                return "api-1 killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        // The values in the local cache of api-2 are older than those that readers of api-1 have seen, and api-2 cannot fetch newer ones.
        new(1, "reader-moves-to-a-stale-api", "503 rather than a value older than the reader has seen")
        {
            Duration = TimeSpan.FromSeconds(3),
            ShortDuration = TimeSpan.FromSeconds(3),
            IsExcludedFromShortSet = true,
            LosesPendingMarks = true,
            Prepare = async scenario =>
            {
                var redis = scenario.Own(new FaultyTcpProxy(ServerAddresses.EndPointOf(ServerAddresses.RedisReadModels)));
                var memcached = scenario.Own(new FaultyTcpProxy(ServerAddresses.EndPointOf(ServerAddresses.Memcached)));
                await scenario.Set.Restart(
                    ["api-2"],
                    [
                        .. ServerAddresses.SettingsFor(redis, ServerAddresses.RedisReadModels),
                        .. ServerAddresses.SettingsFor(memcached, ServerAddresses.Memcached),
                    ]);
            },
            Inject = async scenario =>
            {
                ProxiesOf(scenario).ForEach(proxy => proxy.Pause(Direction.ToClient));
                // Claims through api-1 change the values that it serves.
                await Task.Delay(TimeSpan.FromSeconds(1));
                await scenario.Set.Kill("api-1");
                return "api-1 killed after api-2 got no answer from Redis and Memcached for a second";
            },
            Heal = async scenario =>
            {
                ProxiesOf(scenario).ForEach(proxy => proxy.Resume());
                await scenario.Set.StartMissing();
            },
            Restore = scenario => scenario.Set.Restart(["api-2"]),
        },
    ];

    private static List<FaultyTcpProxy> ProxiesOf(FaultScenario scenario) => scenario.Resources.OfType<FaultyTcpProxy>().ToList();
}
