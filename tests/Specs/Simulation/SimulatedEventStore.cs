using TreasureHunt.Contracts.Commands;
using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>The connection to the ledger, on which replies and transactions are lost or delayed.</summary>
internal sealed class SimulatedEventStore(Schedule schedule, Ledger ledger, SimulationPromises promises)
{
    private const int CommandTimeoutMs = 200;

    public DecisionAttempt Read(IReadOnlyList<AcceptedClaim> claims) => ledger.Read(claims);

    public void Commit(string worker, DecisionAttempt attempt, DateTimeOffset now, Action<CommitOutcome> completed)
    {
        if (schedule.Occurs(SimulatedFault.CommitFailed))
        {
            schedule.AddToTrace("store", $"refuses {worker}");
            schedule.RunWithin(CommandTimeoutMs, () => completed(CommitOutcome.Failure));
        }
        else if (schedule.Occurs(SimulatedFault.CommitLate))
        {
            schedule.AddToTrace("store", $"delays {worker}");
            schedule.RunWithin(CommandTimeoutMs, () => completed(CommitOutcome.Failure));
            schedule.RunWithin(CommandTimeoutMs * 3, () => TryCommit(worker, attempt, now));
        }
        else
        {
            var outcome = TryCommit(worker, attempt, now) ? CommitOutcome.Committed : CommitOutcome.Conflict;
            var replyArrives = !schedule.Occurs(SimulatedFault.CommitReplyLost);
            schedule.RunWithin(replyArrives ? 20 : CommandTimeoutMs, () => completed(replyArrives ? outcome : CommitOutcome.Failure));
        }
    }

    private bool TryCommit(string worker, DecisionAttempt attempt, DateTimeOffset now)
    {
        var before = ledger.Entries.Count;
        var committed = attempt.TryCommit(now);
        foreach (var entry in ledger.Entries.Skip(before))
        {
            schedule.AddToTrace("store", $"commits {worker}: {entry.Event.Describe()}");
        }

        if (!committed)
        {
            schedule.AddToTrace("store", $"rolls {worker} back: conflict");
        }

        if (ledger.Entries.Count > before)
        {
            SimulationPromises.HoldInTransaction([.. ledger.Entries.Skip(before)]);
            promises.HoldIn(ledger.Entries);
        }

        return committed;
    }
}
