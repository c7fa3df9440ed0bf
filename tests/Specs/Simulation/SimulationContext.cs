namespace TreasureHunt.Specs.Simulation;

/// <summary>The parts that a worker uses.</summary>
internal sealed record SimulationContext(Schedule Schedule, SimulatedQueue Bus, SimulatedLocks Locks, SimulatedEventStore Store);
