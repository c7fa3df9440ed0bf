using TreasureHunt.Faults.Checking;

namespace TreasureHunt.Specs.Faults;

/// <summary>
/// Searches for an order of a history that is consistent with the recorded steps and the clock (Wing and Gong), for comparison
/// with the rule that does not search. The recorded steps keep their order. Refusals by the API can be at any point.
/// </summary>
internal sealed class LinearizationSearch(IReadOnlyList<TreasureStep> steps, IReadOnlyList<RejectedCall> turnedAway)
{
    private readonly HashSet<(int, int)> _failedStates = [];

    public bool HasOrder() => CanContinue(0, 0, 0);

    // The remaining history is the steps from `next` on and the refusals that are not in the bit set `used`.
    private bool CanContinue(int next, int used, int free)
    {
        if (next == steps.Count && used == (1 << turnedAway.Count) - 1)
        {
            return true;
        }

        if (!_failedStates.Add((next, used)))
        {
            return false;
        }

        // The next operation was sent before the end of every other remaining operation.
        var ended = steps.Skip(next).Select(step => step.Times.Answered)
            .Concat(turnedAway.Where((_, n) => !Has(used, n)).Select(refusal => refusal.Ended))
            .Min();

        if (next < steps.Count && steps[next].Times.Sent <= ended && Allows(steps[next], free)
            && CanContinue(next + 1, used, free + steps[next].Units))
        {
            return true;
        }

        return Enumerable.Range(0, turnedAway.Count).Any(n =>
            !Has(used, n) && turnedAway[n].Sent <= ended && free <= 0 && CanContinue(next, used | (1 << n), free));
    }

    private static bool Allows(TreasureStep step, int free) => free + step.Units >= 0 && !(step.Exhausted && free > 0);

    private static bool Has(int set, int n) => (set & (1 << n)) != 0;
}
