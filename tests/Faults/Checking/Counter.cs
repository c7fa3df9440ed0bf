namespace TreasureHunt.Faults.Checking;

/// <summary>One event of a treasure, in the order of the event store.</summary>
/// <param name="Units">Change of the free units: an award takes one, a restock adds some.</param>
/// <param name="Exhausted">Whether the event is a refusal because no unit is free.</param>
public readonly record struct TreasureStep(int Units, bool Exhausted, ClaimTimes Times, Guid? ClaimId = null);

/// <summary>A call that the Api rejected because no unit is free. The event store does not contain it.</summary>
public readonly record struct RejectedCall(TimeSpan Sent, TimeSpan Ended, Guid? ClaimId = null);

/// <summary>
/// A treasure as a counter of free units that never goes below zero. Its history is linearizable if each step can be given a
/// moment between its call and its answer such that the counter allows all of them in that order. The event store gives the
/// order, so that no search is needed: the order must allow every step, and must agree with calls that ended before others began.
/// </summary>
public static class Counter
{
    public static IEnumerable<(Guid? ClaimId, string What)> Check(
        IReadOnlyList<TreasureStep> log, IEnumerable<RejectedCall> rejectedCalls) =>
        [.. Units(log), .. RealTime(log), .. RejectedCalls(log, rejectedCalls)];

    private static IEnumerable<(Guid?, string)> Units(IReadOnlyList<TreasureStep> log)
    {
        var free = 0;
        foreach (var step in log)
        {
            if (step.Units < 0 && free + step.Units < 0)
            {
                yield return (step.ClaimId, "won when no unit was free");
            }
            else if (step.Exhausted && free > 0)
            {
                yield return (step.ClaimId, $"was refused for lack of units when {free} were free");
            }

            free += step.Units;
        }
    }

    // A claim that was answered before another was sent comes first. Goes backwards with the earliest answer of all later steps.
    private static IEnumerable<(Guid?, string)> RealTime(IReadOnlyList<TreasureStep> log)
    {
        var answered = TimeSpan.MaxValue;
        for (var i = log.Count - 1; i >= 0; i--)
        {
            if (log[i].Times.Sent > answered)
            {
                yield return (log[i].ClaimId, $"was sent at {log[i].Times.Sent} and decided before one that was answered at {answered}");
            }

            answered = log[i].Times.Answered < answered ? log[i].Times.Answered : answered;
        }
    }

    // A rejected call comes after the claim that took the last unit, so that claim was sent before the rejection ended.
    // After a restock the Api may still reject calls: its view is as old as the sequence that it states.
    private static IEnumerable<(Guid?, string)> RejectedCalls(IReadOnlyList<TreasureStep> log, IEnumerable<RejectedCall> rejectedCalls)
    {
        var possible = FirstExhausted(log);
        return rejectedCalls
            .Where(call => possible is null || call.Ended < possible)
            .Select(call => (call.ClaimId, possible is null
                ? "was rejected although a unit was always free"
                : $"was rejected at {call.Ended}, but the claim for the last unit was not sent before {possible}"));
    }

    /// <summary>The earliest moment at which all units can have been taken, or null when they never were.</summary>
    private static TimeSpan? FirstExhausted(IReadOnlyList<TreasureStep> log)
    {
        var (free, sent) = (0, TimeSpan.MinValue);
        foreach (var step in log)
        {
            free += step.Units;
            sent = step.Times.Sent > sent ? step.Times.Sent : sent;
            if (free <= 0 && step.Units < 0)
            {
                return sent;
            }
        }

        return null;
    }
}
