using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// A queue of claims. The engine's broker lets one worker at a time take a treasure's claims; this one gives them to
/// anybody, as if every message met a failover.
/// </summary>
internal class SimulatedQueue(Schedule schedule, SimulationPromises promises)
{
    private const int ConfirmDeadline = 300;

    private readonly List<SimulatedDelivery> _waiting = [];
    private readonly Dictionary<SimulatedDelivery, string> _unacknowledged = [];
    private readonly List<Action> _idle = [];

    /// <summary>A message on its way to one worker.</summary>
    public sealed class SimulatedDelivery(AcceptedClaim claim)
    {
        public AcceptedClaim Claim => claim;
    }

    /// <summary>Takes a message in.</summary>
    /// <param name="answered">Told whether it is confirmed; if it is not, nobody knows whether it was kept.</param>
    public void Publish(AcceptedClaim claim, Action<bool> answered)
    {
        if (schedule.Strikes(SimulatedFault.MessageLost))
        {
            schedule.Note("bus", $"loses {claim.Name()}");
            schedule.Within(ConfirmDeadline, () => answered(false));
            return;
        }

        Keep(claim);
        if (schedule.Strikes(SimulatedFault.MessageDoubled))
        {
            schedule.Note("bus", $"doubles {claim.Name()}");
            Keep(claim);
        }

        var confirms = !schedule.Strikes(SimulatedFault.ConfirmLost);
        schedule.Within(confirms ? 20 : ConfirmDeadline, () => answered(confirms));
    }

    protected virtual void Keep(AcceptedClaim claim)
    {
        var overtakes = schedule.Strikes(SimulatedFault.MessageOvertakes);
        Queue(overtakes ? schedule.Any(_waiting.Count + 1) : _waiting.Count, claim);
    }

    /// <summary>Gives some of the waiting messages to a worker. They are its own until it acknowledges them, or is gone.</summary>
    public IReadOnlyList<SimulatedDelivery> Take(string worker)
    {
        var taken = _waiting.Take(1 + schedule.Any(5)).ToList();
        _waiting.RemoveRange(0, taken.Count);
        taken.ForEach(delivery => _unacknowledged.Add(delivery, worker));
        if (taken.Count > 0 && schedule.Strikes(SimulatedFault.DeliveryRepeated))
        {
            schedule.Within(200, () => Return(worker));
        }

        return taken;
    }

    /// <summary>Plans the step with which an idle worker takes messages.</summary>
    public void Await(Action take)
    {
        _idle.Add(take);
        Wake();
    }

    /// <summary>A delivery that went back to the queue can no longer be acknowledged.</summary>
    public void Acknowledge(IEnumerable<SimulatedDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            _unacknowledged.Remove(delivery);
        }
    }

    /// <summary>The bus believes that a worker is gone, and has its messages delivered again.</summary>
    public void Return(string worker)
    {
        foreach (var delivery in _unacknowledged.Where(delivery => delivery.Value == worker).Select(delivery => delivery.Key).ToList())
        {
            schedule.Note("bus", $"takes {delivery.Claim.Name()} back from {worker}");
            _unacknowledged.Remove(delivery);
            Queue(0, delivery.Claim);
        }
    }

    /// <summary>Carries a worker's answer to whoever waits for it.</summary>
    public void Answer(IClaimEvent outcome)
    {
        if (schedule.Strikes(SimulatedFault.AnswerLost))
        {
            schedule.Note("bus", $"loses the answer: {outcome.Told()}");
            return;
        }

        schedule.Within(20, () =>
        {
            schedule.Note(outcome.PlayerId, $"is told: {outcome.Told()}");
            promises.Told(outcome);
        });
    }

    private void Queue(int place, AcceptedClaim claim)
    {
        _waiting.Insert(place, new SimulatedDelivery(claim));
        Wake();
    }

    private void Wake()
    {
        if (_waiting.Count > 0)
        {
            _idle.ForEach(take => schedule.Within(30, take));
            _idle.Clear();
        }
    }
}
