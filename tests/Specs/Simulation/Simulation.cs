using TreasureHunt.Specs.Claims;
using Xunit.Sdk;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// A hunt with players, workers, an admin and faulty servers, generated from a seed. The decisions come from the code of the
/// engine.
/// </summary>
internal static class Simulation
{
    private const int Workers = 3;

    /// <summary>The trace, the faults that occurred, and the broken promise, if any.</summary>
    public sealed record SimulationTrace(
        int Seed, IReadOnlyList<string> Trace, IReadOnlyCollection<SimulatedFault> OccurredFaults, string? BrokenPromise)
    {
        public override string ToString() => $"Seed {Seed}: {BrokenPromise ?? "every promise holds"}\n{string.Join('\n', Trace)}";
    }

    public static SimulationTrace Run(int seed, SimulationParts parts)
    {
        var schedule = new Schedule(seed);
        var promises = new SimulationPromises(schedule);
        string? brokenPromise = null;
        try
        {
            Open(schedule, promises, parts);
            if (schedule.Run())
            {
                promises.HoldAtTheEnd();
            }
            else
            {
                brokenPromise = "everything comes to an end";
            }
        }
        catch (XunitException exception)
        {
            brokenPromise = exception.Message;
        }

        return new SimulationTrace(seed, schedule.Trace, schedule.OccurredFaults, brokenPromise);
    }

    private static void Open(Schedule schedule, SimulationPromises promises, SimulationParts parts)
    {
        var ledger = parts.Ledger();
        var treasures = Enumerable.Range(1, 1 + schedule.RandomBelow(3)).Select(n => $"treasure-{n}").ToArray();
        ledger.Record(
            [Drafted(closes: "18:45:03", playerLimit: schedule.RandomBelow(2) == 0 ? 1 + schedule.RandomBelow(2) : null), Scheduled()]);
        ledger.Record(treasures.Select(treasure => Hidden(treasure, schedule.RandomBelow(4), 1 + schedule.RandomBelow(2))));
        promises.HoldIn(ledger.Entries);

        var bus = parts.Bus(schedule, promises);
        var context = new SimulationContext(
            schedule, bus, new SimulatedLocks(schedule), new SimulatedEventStore(schedule, ledger, promises));
        foreach (var n in Enumerable.Range(1, Workers))
        {
            parts.Worker($"worker-{n}", context).Start();
        }

        var periodMs = schedule.RandomBelow(2) == 0 ? 400 : 4000;
        foreach (var n in Enumerable.Range(1, 2 + schedule.RandomBelow(4)))
        {
            var client = new SimulatedClient($"player-{n}", schedule, bus, promises);
            Enumerable.Range(0, 1 + schedule.RandomBelow(8)).ToList().ForEach(
                _ => client.Claim(treasures[schedule.RandomBelow(treasures.Length)], periodMs));
        }

        foreach (var _ in Enumerable.Range(0, schedule.RandomBelow(4)))
        {
            schedule.RunWithin(periodMs, () => Administer(schedule, ledger, treasures[schedule.RandomBelow(treasures.Length)]));
        }
    }

    private static void Administer(Schedule schedule, Ledger ledger, string treasure)
    {
        var before = ledger.Entries.Count;
        RandomHunts.Administer(ledger, (schedule.RandomBelow(2) == 0 ? "restock" : "revoke", treasure, 1 + schedule.RandomBelow(50)));
        foreach (var entry in ledger.Entries.Skip(before))
        {
            schedule.AddToTrace("admin", entry.Event.Describe());
        }
    }
}
