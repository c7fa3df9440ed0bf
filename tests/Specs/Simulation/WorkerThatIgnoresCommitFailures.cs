using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Handles every commit as successful.</summary>
internal sealed class WorkerThatIgnoresCommitFailures(string name, SimulationContext context) : SimulatedWorker(name, context)
{
    protected override void HandleCommitOutcome(
        IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries, DecisionAttempt attempt, CommitOutcome answer) =>
        base.HandleCommitOutcome(deliveries, attempt, CommitOutcome.Committed);
}
