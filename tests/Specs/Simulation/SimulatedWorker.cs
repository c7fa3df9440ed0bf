using TreasureHunt.Specs.Claims;
using static TreasureHunt.Specs.Simulation.SimulatedQueue;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// Takes what waits, locks, reads, commits, answers and acknowledges, in steps between which anything may happen. It may crash
/// before any of them, and then starts again knowing nothing.
/// </summary>
internal class SimulatedWorker(string name, Surroundings around)
{
    private const int Patience = 4;

    private readonly TimeSpan _skew = around.Schedule.Skew();
    private int _life;

    protected Surroundings Around => around;

    public void Start() => Idle();

    private void Idle()
    {
        var life = _life;
        around.Bus.Await(() => Live(life, Take));
    }

    private void Take()
    {
        var deliveries = around.Bus.Take(name);
        if (deliveries.Count == 0)
        {
            Idle();
            return;
        }

        around.Schedule.Note(name, $"takes {string.Join(", ", deliveries.Select(delivery => delivery.Claim.Name()))}");
        Next(10, () => Lock(deliveries, 0));
    }

    // Whoever cannot get the lock carries on without it.
    private void Lock(IReadOnlyList<SimulatedDelivery> deliveries, int tries)
    {
        var treasures = deliveries.Select(delivery => delivery.Claim.TreasureId).Distinct().ToList();
        if (around.Locks.TryTake(name, treasures) || tries == Patience)
        {
            Next(20, () => Read(deliveries));
        }
        else
        {
            Next(50, () => Lock(deliveries, tries + 1));
        }
    }

    protected virtual void Read(IReadOnlyList<SimulatedDelivery> deliveries)
    {
        around.Schedule.Note(name, "reads");
        var attempt = around.Store.Read([.. deliveries.Select(delivery => delivery.Claim)]);
        Next(80, () => Commit(deliveries, attempt));
    }

    private void Commit(IReadOnlyList<SimulatedDelivery> deliveries, Attempt attempt)
    {
        var life = _life;
        around.Store.Commit(name, attempt, around.Schedule.Now + _skew, answer => Live(life, () => Learn(deliveries, attempt, answer)));
    }

    protected virtual void Learn(IReadOnlyList<SimulatedDelivery> deliveries, Attempt attempt, CommitOutcome answer)
    {
        around.Locks.Release(name);
        if (answer == CommitOutcome.Committed)
        {
            around.Schedule.Note(name, "answers");
            attempt.Outcomes.ToList().ForEach(around.Bus.Answer);
            Next(20, () => Acknowledge(deliveries));
        }
        else
        {
            around.Schedule.Note(name, $"sees a {answer}, begins again".ToLowerInvariant());
            Next(100, () => Lock(deliveries, 0));
        }
    }

    private void Acknowledge(IReadOnlyList<SimulatedDelivery> deliveries)
    {
        around.Schedule.Note(name, "acknowledges");
        around.Bus.Acknowledge(deliveries);
        Idle();
    }

    private void Next(int milliseconds, Action step)
    {
        var life = _life;
        around.Schedule.Within(milliseconds, () => Live(life, step));
    }

    // What a life before the crash had planned does not happen.
    private void Live(int life, Action step)
    {
        if (life != _life)
        {
            return;
        }

        if (!around.Schedule.Strikes(SimulatedFault.WorkerCrashed))
        {
            step();
            return;
        }

        around.Schedule.Note(name, "crashes");
        _life++;
        around.Bus.Return(name);
        around.Schedule.Within(300, Start);
    }
}
