using TreasureHunt.Contracts.Commands;
using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>What a worker sees of its transaction. After a failure it knows nothing.</summary>
internal enum CommitOutcome
{
    Committed,
    Conflict,
    Failure,
}

/// <summary>The way to the ledger and back, on which answers, and transactions, get lost or late.</summary>
internal sealed class SimulatedEventStore(Schedule schedule, Ledger ledger, SimulationPromises promises)
{
    private const int CommandDeadline = 200;

    public Attempt Read(IReadOnlyList<AcceptedClaim> claims) => ledger.Read(claims);

    public void Commit(string worker, Attempt attempt, DateTimeOffset now, Action<CommitOutcome> answered)
    {
        if (schedule.Strikes(SimulatedFault.CommitFailed))
        {
            schedule.Note("store", $"refuses {worker}");
            schedule.Within(CommandDeadline, () => answered(CommitOutcome.Failure));
        }
        else if (schedule.Strikes(SimulatedFault.CommitLate))
        {
            schedule.Note("store", $"keeps {worker} waiting");
            schedule.Within(CommandDeadline, () => answered(CommitOutcome.Failure));
            schedule.Within(CommandDeadline * 3, () => TryCommit(worker, attempt, now));
        }
        else
        {
            var answer = TryCommit(worker, attempt, now) ? CommitOutcome.Committed : CommitOutcome.Conflict;
            var arrives = !schedule.Strikes(SimulatedFault.CommitUnanswered);
            schedule.Within(arrives ? 20 : CommandDeadline, () => answered(arrives ? answer : CommitOutcome.Failure));
        }
    }

    private bool TryCommit(string worker, Attempt attempt, DateTimeOffset now)
    {
        var before = ledger.Log.Count;
        var committed = attempt.TryCommit(now);
        foreach (var entry in ledger.Log.Skip(before))
        {
            schedule.Note("store", $"commits {worker}: {entry.Event.Told()}");
        }

        if (!committed)
        {
            schedule.Note("store", $"rolls {worker} back: others came first");
        }

        if (ledger.Log.Count > before)
        {
            promises.HoldIn(ledger.Log);
        }

        return committed;
    }
}
