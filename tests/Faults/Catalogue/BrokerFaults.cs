using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>A broker that is away, hangs, loses answers, or is misused.</summary>
internal static class BrokerFaults
{
    private const string Nonsense = "{ \"message\": { \"claims\": ";

    private static readonly string[] Apis = ["api-1", "api-2"];
    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(9, "broker-crashes", "503 within 5 s, back within 30 s, no 202 lost")
        {
            ShortHolds = TimeSpan.FromSeconds(2),
            Noticed = true,
            Fire = async scene =>
            {
                await scene.Set.Kill("rabbitmq");
                return "the broker killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new(10, "broker-stands-still", "503, and no request hangs")
        {
            Holds = TimeSpan.FromSeconds(60),
            // Longer than any call may take.
            ShortHolds = TimeSpan.FromSeconds(25),
            OnlyByName = true,
            Recovers = TimeSpan.FromSeconds(60),
            Noticed = true,
            Fire = async scene =>
            {
                await scene.Set.Freeze("rabbitmq");
                return "the broker stopped";
            },
            Heal = scene => scene.Set.Thaw("rabbitmq"),
        },
        new(11, "broker-connections-cut", "back within 5 s")
        {
            Holds = TimeSpan.Zero,
            ShortHolds = TimeSpan.Zero,
            Recovers = TimeSpan.FromSeconds(10),
            Fire = async scene => $"{await scene.Broker.CutConnections()} connections cut",
        },
        LostWords(
            "confirms-lost", "503 outcome-unknown; a retry has the same outcome", Direction.ToClient,
            "every word of the broker to the Apis"),
        LostWords(
            "publishes-lost", "503 outcome-unknown; no 202 for what never arrived", Direction.ToServer,
            "every word of the Apis to the broker"),
        new(13, "queue-unbound", "503, never 202")
        {
            Holds = TimeSpan.FromSeconds(4),
            ShortHolds = TimeSpan.FromSeconds(3),
            Noticed = true,
            Fire = async scene =>
            {
                await scene.Broker.Unbind(scene.Stage.Queue, scene.Stage.Queue);
                return "the binding of a shard deleted";
            },
            Heal = scene => scene.Broker.Bind(scene.Stage.Queue, scene.Stage.Queue),
        },
        new(14, "queue-full", "429 or 503 with Retry-After; nothing accepted is lost")
        {
            Holds = TimeSpan.FromSeconds(14),
            Noticed = true,
            Fire = async scene =>
            {
                // What a worker has fetched does not count: only without workers does the queue fill. The limit comes first,
                // else everybody who claims may be accepted before it holds, and then waits and claims no more.
                await scene.Broker.Limit(scene.Stage.Queue, 1);
                await scene.Set.Kill(Workers);
                return "a queue that takes one message, and no worker";
            },
            Heal = scene => scene.Set.Heal(),
            // Not before the queue is empty: RabbitMQ tells publishers to go on when it falls below its limit, and without one it never
            // does.
            Restore = scene => scene.Broker.Unlimit(),
        },
        new(15, "malformed-message", "it ends in the dead-letter queue, all others are decided")
        {
            Holds = TimeSpan.FromSeconds(1),
            ShortHolds = TimeSpan.FromSeconds(1),
            Fire = async scene =>
            {
                if (!await scene.Broker.Publish(BusNames.Shard(0), Nonsense))
                {
                    throw new InvalidOperationException("No queue took the malformed message.");
                }

                scene.Malformed.Enqueue(Nonsense);
                return "nonsense put on a shard's queue";
            },
        },
    ];

    private static Fault LostWords(string name, string expected, Direction direction, string what) => new Fault(12, name, expected)
    {
        Holds = TimeSpan.FromSeconds(5),
        Noticed = true,
        Fire = async scene =>
        {
            var relay = scene.Relay;
            relay.Swallow(direction);
            await Until.True("words are swallowed", () => relay.Swallowed > 0);
            return $"{what} swallowed for 5 s";
        },
    }.Behind(ServerAddresses.RabbitMq, Apis);
}
