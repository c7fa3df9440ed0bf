using TreasureHunt.Specs.Claims;
using Xunit.Sdk;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Simulation;

/// <summary>What surrounds a worker.</summary>
internal sealed record Surroundings(Schedule Schedule, SimulatedQueue Bus, Locks Locks, SimulatedEventStore Store);

/// <summary>The parts that can be had in a broken make too, to see that it shows.</summary>
internal sealed record Make
{
    public Func<Ledger> Ledger { get; init; } = () => new Ledger();

    public Func<Schedule, SimulationPromises, SimulatedQueue> Bus { get; init; } = (schedule, promises) =>
        new SimulatedQueue(schedule, promises);

    public Func<string, Surroundings, SimulatedWorker> Worker { get; init; } = (name, around) => new SimulatedWorker(name, around);
}

/// <summary>
/// One sale in a storm, made from a seed: players, workers, an admin and the servers between them. What is decided is decided
/// by the engine's own code; what can go wrong around it, does.
/// </summary>
internal static class Simulation
{
    private const int Workers = 3;

    /// <summary>What happened, the faults that struck, and the promise that was broken, if one was.</summary>
    public sealed record SimulationTrace(int Seed, IReadOnlyList<string> Trace, IReadOnlyCollection<SimulatedFault> Struck, string? Broken)
    {
        public override string ToString() => $"Seed {Seed}: {Broken ?? "every promise is kept"}\n{string.Join('\n', Trace)}";
    }

    public static SimulationTrace Run(int seed, Make make)
    {
        var schedule = new Schedule(seed);
        var promises = new SimulationPromises(schedule);
        string? broken = null;
        try
        {
            Open(schedule, promises, make);
            if (schedule.Run())
            {
                promises.HoldAtTheEnd();
            }
            else
            {
                broken = "everything comes to an end";
            }
        }
        catch (XunitException exception)
        {
            broken = exception.Message;
        }

        return new SimulationTrace(seed, schedule.Trace, schedule.Struck, broken);
    }

    private static void Open(Schedule schedule, SimulationPromises promises, Make make)
    {
        var ledger = make.Ledger();
        var treasures = Enumerable.Range(1, 1 + schedule.Any(3)).Select(n => $"treasure-{n}").ToArray();
        ledger.Record([Drafted(closes: "18:45:03", playerLimit: schedule.Any(2) == 0 ? 1 + schedule.Any(2) : null), Scheduled()]);
        ledger.Record(treasures.Select(treasure => Hidden(treasure, schedule.Any(4), 1 + schedule.Any(2))));
        promises.HoldIn(ledger.Log);

        var bus = make.Bus(schedule, promises);
        var around = new Surroundings(schedule, bus, new Locks(schedule), new SimulatedEventStore(schedule, ledger, promises));
        foreach (var n in Enumerable.Range(1, Workers))
        {
            make.Worker($"worker-{n}", around).Start();
        }

        var rush = schedule.Any(2) == 0 ? 400 : 4000;
        foreach (var n in Enumerable.Range(1, 2 + schedule.Any(4)))
        {
            var client = new Client($"player-{n}", schedule, bus, promises);
            Enumerable.Range(0, 1 + schedule.Any(8)).ToList().ForEach(_ => client.Claim(treasures[schedule.Any(treasures.Length)], rush));
        }

        foreach (var _ in Enumerable.Range(0, schedule.Any(4)))
        {
            schedule.Within(rush, () => Administer(schedule, ledger, treasures[schedule.Any(treasures.Length)]));
        }
    }

    private static void Administer(Schedule schedule, Ledger ledger, string treasure)
    {
        var before = ledger.Log.Count;
        RandomSales.Administer(ledger, (schedule.Any(2) == 0 ? "restock" : "revoke", treasure, 1 + schedule.Any(50)));
        foreach (var entry in ledger.Log.Skip(before))
        {
            schedule.Note("admin", entry.Event.Told());
        }
    }
}
