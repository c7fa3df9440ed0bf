using TreasureHunt.Contracts;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>The broker is down, freezes, has a wrong topology, or gets a malformed message.</summary>
internal static class BrokerFaults
{
    private const string MalformedMessage = "{ \"message\": { \"claims\": ";

    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(9, "broker-crashes", "503 within 5 s; back within 30 s; no 202 is lost")
        {
            ShortDuration = TimeSpan.FromSeconds(2),
            MustFailSomeCall = true,
            Inject = async scenario =>
            {
                await scenario.Set.Kill("rabbitmq");
                return "the broker killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new(10, "broker-stands-still", "503; no request hangs")
        {
            Duration = TimeSpan.FromSeconds(60),
            // Longer than the deadline of a call.
            ShortDuration = TimeSpan.FromSeconds(25),
            IsExcludedFromShortSet = true,
            MaxRecovery = TimeSpan.FromSeconds(60),
            MustFailSomeCall = true,
            Inject = async scenario =>
            {
                await scenario.Set.Freeze("rabbitmq");
                return "the broker frozen";
            },
            Heal = scenario => scenario.Set.Unfreeze("rabbitmq"),
        },
        new(11, "broker-connections-cut", "back within 10 s")
        {
            Duration = TimeSpan.Zero,
            ShortDuration = TimeSpan.Zero,
            MaxRecovery = TimeSpan.FromSeconds(10),
            Inject = async scenario => $"{await scenario.Broker.CloseConnections()} connections closed",
        },
        new(13, "queue-unbound", "503, never 202")
        {
            Duration = TimeSpan.FromSeconds(4),
            ShortDuration = TimeSpan.FromSeconds(3),
            MustFailSomeCall = true,
            Inject = async scenario =>
            {
                await scenario.Broker.Unbind(scenario.Hunt.Queue, scenario.Hunt.Queue);
                return "the binding of a shard's queue deleted";
            },
            Heal = scenario => scenario.Broker.Bind(scenario.Hunt.Queue, scenario.Hunt.Queue),
        },
        new(14, "queue-full", "429 or 503 with Retry-After; no accepted claim is lost")
        {
            Duration = TimeSpan.FromSeconds(14),
            MustFailSomeCall = true,
            Inject = async scenario =>
            {
                // The limit counts only messages that no worker has fetched, so the queue fills only without workers. The limit comes
                // before the kill: otherwise every player may have an accepted claim, wait for its outcome, and send no more.
                await scenario.Broker.LimitLength(scenario.Hunt.Queue, 1);
                await scenario.Set.Kill(Workers);
                return "the queue limited to one message, and both workers killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
            // The limit stays until the queue is empty: RabbitMQ lets publishers continue when the length falls below the limit, and never
            // does when the limit is removed before.
            Restore = scenario => scenario.Broker.RemoveLimit(),
        },
        new(15, "malformed-message", "the message ends in the dead-letter queue; all others are decided")
        {
            Duration = TimeSpan.FromSeconds(1),
            ShortDuration = TimeSpan.FromSeconds(1),
            Inject = async scenario =>
            {
                if (!await scenario.Broker.Publish(BusNames.Shard(0), MalformedMessage))
                {
                    throw new InvalidOperationException("No queue took the malformed message.");
                }

                scenario.Malformed.Enqueue(MalformedMessage);
                return "a malformed message published to a shard's queue";
            },
        },
    ];
}
