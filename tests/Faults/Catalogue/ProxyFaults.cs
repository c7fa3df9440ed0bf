using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>A slow network, and a door that is changed while people go through it.</summary>
internal static class ProxyFaults
{
    private static readonly string[] Apis = ["api-1", "api-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        SlowLink("slow-link", TimeSpan.FromMilliseconds(200)),
        SlowLink("very-slow-link", TimeSpan.FromSeconds(2)),
        new(29, "proxy-reload", "no failed request")
        {
            Holds = TimeSpan.FromSeconds(1),
            ShortHolds = TimeSpan.FromSeconds(1),
            Unnoticed = true,
            Fire = async scene =>
            {
                for (var reload = 0; reload < 3; reload++)
                {
                    await scene.Set.Hunt(["servers", "reload"]);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }

                return "HAProxy reloaded three times";
            },
        },
    ];

    private static Fault SlowLink(string name, TimeSpan by) => new Fault(27, name, "deadlines turn into 503; nothing piles up")
    {
        Holds = TimeSpan.FromSeconds(10),
        Fire = scene =>
        {
            var relay = scene.Relay;
            relay.Delay(Direction.ToServer, by / 2);
            relay.Delay(Direction.ToClient, by / 2);
            return Task.FromResult($"{by.TotalMilliseconds:0} ms there and back between the Apis and the broker");
        },
    }.Behind(ServerAddresses.RabbitMq, Apis);
}
