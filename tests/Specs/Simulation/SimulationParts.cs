using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>The parts that a spec can replace with defective ones.</summary>
internal sealed record SimulationParts
{
    public Func<Ledger> Ledger { get; init; } = () => new Ledger();

    public Func<Schedule, SimulationPromises, SimulatedQueue> Bus { get; init; } = (schedule, promises) =>
        new SimulatedQueue(schedule, promises);

    public Func<string, SimulationContext, SimulatedWorker> Worker { get; init; } = (name, context) => new SimulatedWorker(name, context);
}
