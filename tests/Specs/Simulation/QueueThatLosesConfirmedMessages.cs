using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Confirms messages that it loses.</summary>
internal sealed class QueueThatLosesConfirmedMessages(Schedule schedule, SimulationPromises promises) : SimulatedQueue(schedule, promises)
{
    private readonly Schedule _schedule = schedule;

    protected override void Store(AcceptedClaim claim)
    {
        if (_schedule.RandomBelow(20) > 0)
        {
            base.Store(claim);
        }
    }
}
