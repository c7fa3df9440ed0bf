using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>An event store that is away, slow to commit, or whose answer is lost.</summary>
internal static class DatabaseFaults
{
    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(16, "database-crashes", "202 goes on, decided after the restart, within 30 s")
        {
            ShortHolds = TimeSpan.FromSeconds(2),
            Fire = async scene =>
            {
                await scene.Set.Kill("postgres");
                return "the postmaster killed";
            },
            Heal = scene => scene.Set.Heal(),
        },
        new Fault(17, "commit-answer-lost", "no duplicate, no loss")
        {
            Holds = TimeSpan.FromSeconds(2),
            Fire = async scene =>
            {
                var relay = scene.Relay;
                relay.CutBehind("COMMIT");
                await Until.True("answers to COMMIT are lost", () => relay.Cuts >= 3);
                return $"{relay.Cuts} answers to COMMIT lost";
            },
        }.Behind(ServerAddresses.Postgres, Workers),
        new(18, "events-table-locked", "202 goes on; nothing in the dead-letter queue")
        {
            Holds = TimeSpan.FromSeconds(30),
            Fire = async scene =>
            {
                var held = scene.Keep(await LockHold.Table(scene.Postgres, ServerAddresses.Schema, "mt_events"));
                await held.Waiting(1);
                return "the table of events locked for 30 s, a transaction waited";
            },
            Heal = async scene =>
            {
                var held = scene.Kept.OfType<LockHold>().Single();
                scene.Kept.Remove(held);
                await held.DisposeAsync();
            },
        },
        new(19, "late-commit", "no read model skips a sequence")
        {
            Holds = TimeSpan.FromSeconds(5),
            Fire = async scene =>
            {
                var late = await LateCommit.Begin(scene);
                return $"sequence {late.Sequence} drawn and not committed for 5 s";
            },
            Heal = async scene =>
            {
                var late = scene.Kept.OfType<LateCommit>().Single();
                scene.Kept.Remove(late);
                await late.DisposeAsync();
            },
        },
        DatabaseAway(),
    ];

    /// <summary>
    /// The callers of claims that cannot be decided ask and ask, each for as long as it may: what they take is missing to nobody else.
    /// </summary>
    private static Fault DatabaseAway()
    {
        var polls = Task.CompletedTask;
        return new(33, "database-away-with-500-pollers", "202 goes on and reads are answered; decided after the restart")
        {
            Holds = TimeSpan.FromSeconds(15),
            ShortHolds = TimeSpan.FromSeconds(5),
            OnlyByName = true,
            Alone = true,
            ReadsGoOn = true,
            Fire = async scene =>
            {
                await scene.Set.Kill("postgres");
                var pollers = new Pollers(scene.Client, scene.Stage.Treasures[^1], 500);
                await pollers.Claim();
                polls = pollers.Ask();
                return "the postmaster killed, and 500 callers who wait for their outcome";
            },
            Heal = async scene =>
            {
                await scene.Set.Heal();
                await polls;
            },
        };
    }
}
