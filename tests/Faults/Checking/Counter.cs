namespace TreasureHunt.Faults.Checking;

/// <summary>One step of a treasure, in the order of the log.</summary>
/// <param name="Units">What it does to the units that are free: an award takes one, a restock adds some.</param>
/// <param name="Exhausted">It is a refusal that says that no unit is free.</param>
public readonly record struct TreasureStep(int Units, bool Exhausted, ClaimTimes Times, Guid? ClaimId = null);

/// <summary>Somebody was told at the door, between two moments, that no unit is free. The log knows nothing of it.</summary>
public readonly record struct TurnedAway(TimeSpan Sent, TimeSpan Ended, Guid? ClaimId = null);

/// <summary>
/// A treasure as a counter of free units that never goes below zero. Its history is linearizable if each step can be given a
/// moment between its call and its answer such that the counter allows all of them in that order. The log proposes the order,
/// so nothing has to be searched: it must allow every step, and agree with what was over before something else began.
/// </summary>
public static class Counter
{
    public static IEnumerable<(Guid? ClaimId, string What)> Check(IReadOnlyList<TreasureStep> log, IEnumerable<TurnedAway> turnedAway) =>
        [.. Units(log), .. RealTime(log), .. Door(log, turnedAway)];

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
                yield return (step.ClaimId, $"heard that all units are taken when {free} were free");
            }

            free += step.Units;
        }
    }

    // What was told before something else was sent stands before it in the log. From the end: the earliest answer of all that comes later.
    private static IEnumerable<(Guid?, string)> RealTime(IReadOnlyList<TreasureStep> log)
    {
        var told = TimeSpan.MaxValue;
        for (var i = log.Count - 1; i >= 0; i--)
        {
            if (log[i].Times.Sent > told)
            {
                yield return (log[i].ClaimId, $"was sent at {log[i].Times.Sent} and decided before one that was told at {told}");
            }

            told = log[i].Times.Told < told ? log[i].Times.Told : told;
        }
    }

    // Whoever is turned away comes after all that took the last unit, so none of it may have been sent after the answer.
    // When units come back the door may still show what it knew: a page is as old as it says it is.
    private static IEnumerable<(Guid?, string)> Door(IReadOnlyList<TreasureStep> log, IEnumerable<TurnedAway> turnedAway)
    {
        var possible = FirstExhausted(log);
        return turnedAway
            .Where(turned => possible is null || turned.Ended < possible)
            .Select(turned => (turned.ClaimId, possible is null
                ? "was turned away though some unit was always free"
                : $"was turned away at {turned.Ended}, when what took the last unit was not sent before {possible}"));
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
