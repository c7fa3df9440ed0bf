using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>PostgreSQL is down, commits late, or its answer is lost.</summary>
internal static class DatabaseFaults
{
    private static readonly string[] Workers = ["commands-1", "commands-2"];

    public static readonly IReadOnlyList<Fault> All =
    [
        new(16, "database-crashes", "202 goes on; claims are decided within 30 s after the restart")
        {
            ShortDuration = TimeSpan.FromSeconds(2),
            Inject = async scenario =>
            {
                await scenario.Set.Kill("postgres");
                return "PostgreSQL killed";
            },
            Heal = scenario => scenario.Set.StartMissing(),
        },
        new Fault(17, "commit-answer-lost", "no duplicate and no loss")
        {
            Duration = TimeSpan.FromSeconds(2),
            Inject = async scenario =>
            {
                var proxy = scenario.Proxy;
                // The result of an insert. PostgreSQL sends the results of an append together, after it has committed.
                proxy.CloseConnectionsAtAnswer("INSERT 0");
                await Poll.Until("answers to appends are lost", () => proxy.ClosedAtAnswer >= 3);
                return $"{proxy.ClosedAtAnswer} answers to appends lost";
            },
        }.ThroughProxy(ServerAddresses.Postgres, Workers),
        new(18, "events-table-locked", "202 goes on; nothing goes to the dead-letter queue")
        {
            Duration = TimeSpan.FromSeconds(30),
            Inject = async scenario =>
            {
                var tableLock = scenario.Own(await PostgresLock.LockTable(scenario.Postgres, ServerAddresses.Schema, "mt_events"));
                await tableLock.UntilWaiting(1);
                return "the table of events locked for 30 s while a transaction waited";
            },
            Heal = Release<PostgresLock>,
        },
        new(19, "late-commit", "no read model skips a sequence")
        {
            Duration = TimeSpan.FromSeconds(5),
            Inject = async scenario =>
            {
                var late = await LateCommit.Begin(scenario);
                return $"sequence {late.Sequence} taken and not committed for 5 s";
            },
            Heal = Release<LateCommit>,
        },
        DownWithPollers(),
    ];

    private static async Task Release<T>(FaultScenario scenario)
        where T : IAsyncDisposable
    {
        var resource = scenario.Resources.OfType<T>().Single();
        scenario.Resources.Remove(resource);
        await resource.DisposeAsync();
    }

    /// <summary>Callers wait for outcomes that cannot come. They must not use up the capacity of other callers.</summary>
    private static Fault DownWithPollers()
    {
        var polling = Task.CompletedTask;
        return new(33, "database-away-with-500-pollers", "202 and reads go on; claims are decided after the restart")
        {
            Duration = TimeSpan.FromSeconds(15),
            ShortDuration = TimeSpan.FromSeconds(5),
            IsExcludedFromShortSet = true,
            MustRunAlone = true,
            MustServeReads = true,
            Inject = async scenario =>
            {
                await scenario.Set.Kill("postgres");
                var pollers = new OutcomePollers(scenario.Client, scenario.Hunt.TreasureIds[^1], 500);
                await pollers.SendClaims();
                polling = pollers.PollOutcomes();
                return "PostgreSQL killed while 500 callers wait for their outcome";
            },
            Heal = async scenario =>
            {
                await scenario.Set.StartMissing();
                await polling;
            },
        };
    }
}
