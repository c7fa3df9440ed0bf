using TreasureHunt.Specs.Claims;
using static TreasureHunt.Specs.Simulation.SimulatedQueue;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// A worker that takes messages, locks, reads, commits, sends outcomes and acknowledges, in separate steps. It may crash before any
/// step, and then restarts without its state.
/// </summary>
internal class SimulatedWorker(string name, SimulationContext context)
{
    private const int MaxLockAttempts = 4;

    private readonly TimeSpan _skew = context.Schedule.RandomSkew();
    private int _incarnation;

    protected SimulationContext Context => context;

    public void Start() => WaitForMessages();

    private void WaitForMessages()
    {
        var incarnation = _incarnation;
        context.Bus.WaitForMessages(() => RunInIncarnation(incarnation, Take));
    }

    private void Take()
    {
        var deliveries = context.Bus.Take(name);
        if (deliveries.Count == 0)
        {
            WaitForMessages();
            return;
        }

        context.Schedule.AddToTrace(name, $"takes {string.Join(", ", deliveries.Select(delivery => delivery.Claim.Label()))}");
        ThenWithin(10, () => Lock(deliveries, 0));
    }

    // After too many attempts the worker continues without the lock.
    private void Lock(IReadOnlyList<SimulatedDelivery> deliveries, int attempts)
    {
        var treasures = deliveries.Select(delivery => delivery.Claim.TreasureId).Distinct().ToList();
        if (context.Locks.TryTake(name, treasures) || attempts == MaxLockAttempts)
        {
            ThenWithin(20, () => Read(deliveries));
        }
        else
        {
            ThenWithin(50, () => Lock(deliveries, attempts + 1));
        }
    }

    protected virtual void Read(IReadOnlyList<SimulatedDelivery> deliveries)
    {
        context.Schedule.AddToTrace(name, "reads");
        var attempt = context.Store.Read([.. deliveries.Select(delivery => delivery.Claim)]);
        ThenWithin(80, () => Commit(deliveries, attempt));
    }

    private void Commit(IReadOnlyList<SimulatedDelivery> deliveries, DecisionAttempt attempt)
    {
        var incarnation = _incarnation;
        context.Store.Commit(
            name, attempt, context.Schedule.Now + _skew,
            outcome => RunInIncarnation(incarnation, () => HandleCommitOutcome(deliveries, attempt, outcome)));
    }

    protected virtual void HandleCommitOutcome(IReadOnlyList<SimulatedDelivery> deliveries, DecisionAttempt attempt, CommitOutcome outcome)
    {
        context.Locks.Release(name);
        if (outcome == CommitOutcome.Committed)
        {
            context.Schedule.AddToTrace(name, "sends outcomes");
            attempt.Outcomes.ToList().ForEach(context.Bus.SendOutcome);
            ThenWithin(20, () => Acknowledge(deliveries));
        }
        else
        {
            context.Schedule.AddToTrace(name, $"sees a {outcome}, retries".ToLowerInvariant());
            ThenWithin(100, () => Lock(deliveries, 0));
        }
    }

    private void Acknowledge(IReadOnlyList<SimulatedDelivery> deliveries)
    {
        context.Schedule.AddToTrace(name, "acknowledges");
        context.Bus.Acknowledge(deliveries);
        WaitForMessages();
    }

    private void ThenWithin(int milliseconds, Action step)
    {
        var incarnation = _incarnation;
        context.Schedule.RunWithin(milliseconds, () => RunInIncarnation(incarnation, step));
    }

    // Steps that were scheduled before a crash do not run.
    private void RunInIncarnation(int incarnation, Action step)
    {
        if (incarnation != _incarnation)
        {
            return;
        }

        if (!context.Schedule.Occurs(SimulatedFault.WorkerCrashed))
        {
            step();
            return;
        }

        context.Schedule.AddToTrace(name, "crashes");
        _incarnation++;
        context.Bus.Redeliver(name);
        context.Schedule.RunWithin(300, Start);
    }
}
