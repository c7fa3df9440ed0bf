using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>1 to 5, by the outside check of a hunt's log that every storm ends with.</summary>
public static class LogRule
{
    private static readonly Dictionary<string, int> Numbers = new()
    {
        [Invariants.NothingLost] = 1,
        [Invariants.NoStrangers] = 2,
        [Invariants.RefusedMeansNothing] = 2,
        [Invariants.KnownEvents] = 2,
        [Invariants.OneOutcome] = 3,
        [Invariants.EventIsClaim] = 3,
        [Invariants.Told] = 3,
        [Invariants.OneWinner] = 4,
        [Invariants.Stock] = 4,
        [Invariants.PerPlayer] = 4,
        [Invariants.PlayerLimit] = 4,
        [Invariants.Window] = 4,
        [Invariants.Proof] = 4,
        [Invariants.Withdrawn] = 4,
        [Invariants.Revocation] = 4,
        [Invariants.Versions] = 5,
        [Invariants.Sequences] = 5,
    };

    public static int NumberOf(string invariant) => Numbers[invariant];

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var check = new InvariantChecker(Promises.Of(evidence.Calls));
        foreach (var entry in evidence.Log)
        {
            check.Observe(entry);
        }

        return check.Conclude().All.Select(finding => new Violation(
            NumberOf(finding.Invariant), finding.Invariant, $"{finding.Count} times, such as {string.Join("; ", finding.Examples)}"));
    }
}
