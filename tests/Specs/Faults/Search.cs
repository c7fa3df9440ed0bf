using TreasureHunt.Faults.Checking;

namespace TreasureHunt.Specs.Faults;

/// <summary>
/// Tries every order of a history that the log and the clock allow (after Wing and Gong), to be compared with the rule that
/// does not search. The log's steps keep their order; those who were turned away stand wherever they may.
/// </summary>
internal sealed class Search(IReadOnlyList<TreasureStep> log, IReadOnlyList<TurnedAway> turnedAway)
{
    private readonly HashSet<(int, int)> _dead = [];

    public bool Finds() => Goes(0, 0, 0);

    // What remains is the log from `next` on, and everybody who was turned away and is not in `gone`.
    private bool Goes(int next, int gone, int free)
    {
        if (next == log.Count && gone == (1 << turnedAway.Count) - 1)
        {
            return true;
        }

        if (!_dead.Add((next, gone)))
        {
            return false;
        }

        // Nothing may come first that was sent after something else that remains had ended.
        var ended = log.Skip(next).Select(step => step.Times.Told)
            .Concat(turnedAway.Where((_, n) => !Has(gone, n)).Select(turned => turned.Ended))
            .Min();

        if (next < log.Count && log[next].Times.Sent <= ended && Allows(log[next], free) && Goes(next + 1, gone, free + log[next].Units))
        {
            return true;
        }

        return Enumerable.Range(0, turnedAway.Count).Any(n =>
            !Has(gone, n) && turnedAway[n].Sent <= ended && free <= 0 && Goes(next, gone | (1 << n), free));
    }

    private static bool Allows(TreasureStep step, int free) => free + step.Units >= 0 && !(step.Exhausted && free > 0);

    private static bool Has(int set, int n) => (set & (1 << n)) != 0;
}
