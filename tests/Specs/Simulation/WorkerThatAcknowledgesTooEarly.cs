namespace TreasureHunt.Specs.Simulation;

/// <summary>Acknowledges messages before the commit.</summary>
internal sealed class WorkerThatAcknowledgesTooEarly(string name, SimulationContext context) : SimulatedWorker(name, context)
{
    protected override void Read(IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries)
    {
        Context.Bus.Acknowledge(deliveries);
        base.Read(deliveries);
    }
}
