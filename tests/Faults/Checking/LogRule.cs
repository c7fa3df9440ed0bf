using TreasureHunt.Faults.History;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Faults.Checking;

/// <summary>1 to 5, by the audit of the hunt's events that <c>./hunt demo</c> also runs.</summary>
public static class LogRule
{
    private static readonly Dictionary<string, int> Numbers = new()
    {
        [Invariants.NothingLost] = 1,
        [Invariants.OnlySentClaims] = 2,
        [Invariants.RefusalRecordsNothing] = 2,
        [Invariants.KnownEvents] = 2,
        [Invariants.OneOutcome] = 3,
        [Invariants.EventIsClaim] = 3,
        [Invariants.ReportedOutcome] = 3,
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
        var check = new EventChecker(Promises.Of(evidence.Calls));
        foreach (var entry in evidence.Log)
        {
            check.Observe(entry);
        }

        return check.Conclude().All.Select(finding => new Violation(
            NumberOf(finding.Invariant), finding.Invariant, $"{finding.Count} times, for example {string.Join("; ", finding.Examples)}"));
    }
}
