using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Processes of the engine that die, stand still, or are replaced.</summary>
internal static class HostFaults
{
    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(1, "api-dies", "a reset or 502 at the door; a retry with the same key has one effect")
        {
            ShortHolds = TimeSpan.FromSeconds(2),
            Fire = async scene =>
            {
                await scene.Set.Kill("api-1");
                return "api-1 killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        ReaderMoves(),
        new(2, "worker-dies-before-commit", "redelivered, and decided after the restart")
        {
            Holds = TimeSpan.FromSeconds(1),
            ShortHolds = TimeSpan.FromSeconds(1),
            StrikesDeciding = true,
            Fire = async scene =>
            {
                // The transaction of a worker stands before its events until the table is free: that is when it dies.
                await using var held = await LockHold.Table(scene.Postgres, ServerAddresses.Schema, "mt_events");
                await held.Waiting(1);
                await scene.Set.Kill(Workers);
                return "both workers killed while a transaction waited";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new Fault(3, "worker-dies-before-ack", "the claims are decided already; the duplicate changes nothing")
        {
            Holds = TimeSpan.FromSeconds(1),
            Fire = async scene =>
            {
                var relay = scene.Relay;
                var before = await scene.Facts();
                relay.Swallow(Direction.ToServer);
                await Until.True(
                    "claims are decided whose acknowledgement is lost", async () => await scene.Facts() > before && relay.Swallowed > 0);
                await scene.Set.Kill(Workers);
                return $"both workers killed, {relay.Swallowed} bytes of acknowledgements lost";
            },
            Heal = scene => scene.Set.Heal(),
        }.Behind(ServerAddresses.RabbitMq, Workers),
        new Fault(4, "worker-stands-still", "another takes over; the late append conflicts and decides again")
        {
            // A worker that hangs keeps its queue until the broker misses its heartbeats.
            Holds = TimeSpan.FromSeconds(32),
            Recovers = TimeSpan.FromSeconds(45),
            // So that the first one is the one that decides.
            Prepare = scene => scene.Set.Restart(["commands-2"]),
            Fire = async scene =>
            {
                // What it has asked the log is answered, and reaches it when the answer is long out of date.
                scene.Relay.Delay(Direction.ToClient, TimeSpan.FromSeconds(30));
                // Long enough that it has asked something.
                await Task.Delay(TimeSpan.FromMilliseconds(50));
                await scene.Set.Freeze("commands-1");
                return "commands-1 stopped for 32 s, three times a lock's life, with an answer of PostgreSQL on its way";
            },
            Heal = async scene =>
            {
                scene.Relay.Heal();
                await scene.Set.Thaw("commands-1");
            },
        }.Behind(ServerAddresses.Postgres, "commands-1"),
        new(20, "projections-die-mid-page", "caught up within 30 s, nothing doubled")
        {
            LosesMarks = true,
            Holds = TimeSpan.FromSeconds(2),
            Fire = async scene =>
            {
                // One node that does not answer keeps a page in the middle of its writes.
                await scene.Set.Freeze("redis-read-models-2");
                // Long enough that a page has begun; nobody tells from the outside.
                await Task.Delay(TimeSpan.FromMilliseconds(500));
                await scene.Set.Kill("projections");
                await scene.Set.Thaw("redis-read-models-2");
                return "projections killed while a node of Redis held up its page";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new Fault(21, "leader-stands-still", "the other worker takes over; no value goes back")
        {
            Holds = TimeSpan.FromSeconds(10),
            ShortHolds = TimeSpan.FromSeconds(1),
            OnlyByName = true,
            // It reaches Redis through the relay and leads; the second does not, and waits.
            Prepare = async scene => scene.Keep(await SecondProjections.Start(scene.Set)),
            Fire = async scene =>
            {
                var (relay, stage) = (scene.Relay, scene.Stage);
                relay.HoldBackAt(stage.Aside);
                await FaultHunt.Restock(scene.Desk, stage.Aside, 1);
                await Until.True("a page of the leader is on its way to Redis", () => relay.Held > 0);
                await scene.Set.Freeze("projections");
                await FaultHunt.Restock(scene.Desk, stage.Aside, 1);
                await FaultHunt.Shows(scene.Desk, stage.Aside, shown => shown.Stock == FaultHunt.StockAside + 2);
                // Nothing changes this treasure from here on: what the late page puts back would stay.
                relay.Release();
                return "the leading projections stopped with a page on its way to Redis, which arrived when the other had taken over";
            },
            Heal = scene => scene.Set.Thaw("projections"),
        }.Behind(ServerAddresses.RedisReadModels, "projections"),
        new(30, "rolling-restart", "no failed request, no lost claim")
        {
            Holds = TimeSpan.Zero,
            Unnoticed = true,
            Fire = async scene =>
            {
                await scene.Set.Hunt(["hosts", "restart"]);
                return "every host restarted, one after the other";
            },
        },
        new(31, "worker-crash-loop", "every accepted claim is decided; no dead letter")
        {
            Holds = TimeSpan.FromSeconds(1),
            ShortHolds = TimeSpan.FromSeconds(1),
            OnlyByName = true,
            Alone = true,
            Recovers = TimeSpan.FromSeconds(60),
            Fire = async scene =>
            {
                var rounds = scene.IsShort ? 3 : 30;
                var limited = await scene.Broker.LimitDeliveries(scene.Stage.Queue, 20);
                await using var held = await LockHold.Table(scene.Postgres, ServerAddresses.Schema, "mt_events");
                for (var round = 0; round < rounds; round++)
                {
                    // The same messages each time: none of them comes to its commit.
                    await held.Waiting(1);
                    await scene.Set.Kill(Workers);
                    await held.EndWaiting();
                    await scene.Set.Hunt(["hosts", "start", .. Workers]);
                }

                return $"both workers killed {rounds} times while a transaction waited; {(limited ? "the broker gives up on a message after 20 deliveries" : "the queues have a delivery limit of their own")}";
            },
            Heal = scene => scene.Set.Heal(),
            Restore = scene => scene.Broker.Unlimit(),
        },
    ];

    // What api-2 remembers is older than what readers of api-1 have seen, and it cannot ask anybody for something newer.
    private static Fault ReaderMoves()
    {
        var fault = new Fault(1, "reader-moves-to-a-stale-api", "503 rather than something older than the reader has seen")
        {
            Holds = TimeSpan.FromSeconds(3),
            ShortHolds = TimeSpan.FromSeconds(3),
            OnlyByName = true,
            LosesMarks = true,
            Fire = async scene =>
            {
                var relays = scene.Kept.OfType<Relay>().ToList();
                relays.ForEach(relay => relay.HoldBack(Direction.ToClient));
                // Players go on to claim over api-1: what it shows moves on.
                await Task.Delay(TimeSpan.FromSeconds(1));
                await scene.Set.Kill("api-1");
                return "api-1 killed while api-2 had no word from Redis and Memcached for a second";
            },
            Heal = async scene =>
            {
                scene.Kept.OfType<Relay>().ToList().ForEach(relay => relay.Release());
                await scene.Set.Heal();
            },
        };
        return fault with
        {
            Prepare = async scene =>
            {
                var (redis, memcached) = (scene.Keep(new Relay(ServerAddresses.At(ServerAddresses.RedisReadModels))), scene.Keep(
                    new Relay(ServerAddresses.At(ServerAddresses.Memcached))));
                await scene.Set.Restart(
                    ["api-2"],
                    [.. ServerAddresses.Through(redis, ServerAddresses.RedisReadModels), .. ServerAddresses.Through(
                        memcached, ServerAddresses.Memcached)]);
            },
            Restore = scene => scene.Set.Restart(["api-2"]),
        };
    }
}
