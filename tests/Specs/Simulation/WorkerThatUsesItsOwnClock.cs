namespace TreasureHunt.Specs.Simulation;

/// <summary>Uses its own clock instead of the acceptance time of a claim.</summary>
internal sealed class WorkerThatUsesItsOwnClock(string name, SimulationContext context) : SimulatedWorker(name, context)
{
    protected override void Read(IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries) =>
        base.Read(
            [.. deliveries.Select(
                delivery => new SimulatedQueue.SimulatedDelivery(delivery.Claim with { AcceptedAt = Context.Schedule.Now }))]);
}
