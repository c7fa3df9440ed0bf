using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Slow or lossy connections between the Apis and the broker.</summary>
internal static class NetworkFaults
{
    private static readonly string[] Apis = ["api-1", "api-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        LostTraffic(
            "confirms-lost", "503 outcome-unknown; a retry has the same outcome", Direction.ToClient,
            "all data from the broker to the Apis"),
        LostTraffic(
            "publishes-lost", "503 outcome-unknown; no 202 for a message that did not arrive", Direction.ToServer,
            "all data from the Apis to the broker"),
        SlowLink("slow-link", TimeSpan.FromMilliseconds(200)),
        SlowLink("very-slow-link", TimeSpan.FromSeconds(2)),
    ];

    private static Fault LostTraffic(string name, string expected, Direction direction, string traffic) => new Fault(12, name, expected)
    {
        Duration = TimeSpan.FromSeconds(5),
        MustFailSomeCall = true,
        Inject = async scenario =>
        {
            var proxy = scenario.Proxy;
            proxy.Drop(direction);
            await Poll.Until("data is dropped", () => proxy.DroppedBytes > 0);
            return $"{traffic} dropped for 5 s";
        },
    }.ThroughProxy(ServerAddresses.RabbitMq, Apis);

    private static Fault SlowLink(string name, TimeSpan roundTrip) => new Fault(27, name, "deadlines turn into 503; no requests pile up")
    {
        Duration = TimeSpan.FromSeconds(10),
        Inject = scenario =>
        {
            var proxy = scenario.Proxy;
            proxy.Delay(Direction.ToServer, roundTrip / 2);
            proxy.Delay(Direction.ToClient, roundTrip / 2);
            return Task.FromResult($"round trips between the Apis and the broker {roundTrip.TotalMilliseconds:0} ms longer");
        },
    }.ThroughProxy(ServerAddresses.RabbitMq, Apis);
}
