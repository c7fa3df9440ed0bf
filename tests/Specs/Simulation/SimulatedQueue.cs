using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// A queue of claims. The real broker delivers the claims of a treasure to one worker at a time. This queue delivers them to any
/// worker, as during a failover.
/// </summary>
internal class SimulatedQueue(Schedule schedule, SimulationPromises promises)
{
    private const int ConfirmTimeoutMs = 300;

    private readonly List<SimulatedDelivery> _waiting = [];
    private readonly Dictionary<SimulatedDelivery, string> _unacknowledged = [];
    private readonly List<Action> _idleWorkers = [];

    /// <summary>A message that is delivered to one worker.</summary>
    public sealed class SimulatedDelivery(AcceptedClaim claim)
    {
        public AcceptedClaim Claim => claim;
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="answered">Called with true for a confirmation. With false, the message may be stored or lost.</param>
    public void Publish(AcceptedClaim claim, Action<bool> confirmed)
    {
        if (schedule.Occurs(SimulatedFault.MessageLost))
        {
            schedule.AddToTrace("bus", $"loses {claim.Label()}");
            schedule.RunWithin(ConfirmTimeoutMs, () => confirmed(false));
            return;
        }

        Store(claim);
        if (schedule.Occurs(SimulatedFault.MessageDuplicated))
        {
            schedule.AddToTrace("bus", $"doubles {claim.Label()}");
            Store(claim);
        }

        var isConfirmed = !schedule.Occurs(SimulatedFault.ConfirmLost);
        schedule.RunWithin(isConfirmed ? 20 : ConfirmTimeoutMs, () => confirmed(isConfirmed));
    }

    protected virtual void Store(AcceptedClaim claim)
    {
        var isReordered = schedule.Occurs(SimulatedFault.MessageReordered);
        Insert(isReordered ? schedule.RandomBelow(_waiting.Count + 1) : _waiting.Count, claim);
    }

    /// <summary>Delivers some of the waiting messages to a worker, which holds them until it acknowledges them or ends.</summary>
    public IReadOnlyList<SimulatedDelivery> Take(string worker)
    {
        var taken = _waiting.Take(1 + schedule.RandomBelow(5)).ToList();
        _waiting.RemoveRange(0, taken.Count);
        taken.ForEach(delivery => _unacknowledged.Add(delivery, worker));
        if (taken.Count > 0 && schedule.Occurs(SimulatedFault.DeliveryRepeated))
        {
            schedule.RunWithin(200, () => Redeliver(worker));
        }

        return taken;
    }

    /// <summary>Schedules a step of an idle worker for the next message.</summary>
    public void WaitForMessages(Action take)
    {
        _idleWorkers.Add(take);
        WakeIdleWorkers();
    }

    /// <summary>Acknowledges deliveries. A redelivered message can no longer be acknowledged.</summary>
    public void Acknowledge(IEnumerable<SimulatedDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            _unacknowledged.Remove(delivery);
        }
    }

    /// <summary>Redelivers the messages of a worker that the broker considers dead.</summary>
    public void Redeliver(string worker)
    {
        foreach (var delivery in _unacknowledged.Where(delivery => delivery.Value == worker).Select(delivery => delivery.Key).ToList())
        {
            schedule.AddToTrace("bus", $"takes {delivery.Claim.Label()} back from {worker}");
            _unacknowledged.Remove(delivery);
            Insert(0, delivery.Claim);
        }
    }

    /// <summary>Sends an outcome to its player.</summary>
    public void SendOutcome(IClaimEvent outcome)
    {
        if (schedule.Occurs(SimulatedFault.OutcomeLost))
        {
            schedule.AddToTrace("bus", $"loses the outcome: {outcome.Describe()}");
            return;
        }

        schedule.RunWithin(20, () =>
        {
            schedule.AddToTrace(outcome.PlayerId, $"gets: {outcome.Describe()}");
            promises.Returned(outcome);
        });
    }

    private void Insert(int index, AcceptedClaim claim)
    {
        _waiting.Insert(index, new SimulatedDelivery(claim));
        WakeIdleWorkers();
    }

    private void WakeIdleWorkers()
    {
        if (_waiting.Count > 0)
        {
            _idleWorkers.ForEach(take => schedule.RunWithin(30, take));
            _idleWorkers.Clear();
        }
    }
}
