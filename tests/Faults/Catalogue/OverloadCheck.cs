using TreasureHunt.Faults.Checking;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Checks the answers of an overload. Their times depend on the machine and are only reported.</summary>
internal static class OverloadCheck
{
    /// <summary>The share of claims that may be refused without overload: a machine may pause.</summary>
    private const double MaxRefusedShare = 0.01;

    /// <summary>The share of the capacity that must be admitted during the overload.</summary>
    private const double MinAdmittedShare = 0.25;

    /// <param name="baseline">The answers at a third of the capacity.</param>
    /// <param name="capacity">Claims that the set decides in a second.</param>
    public static IEnumerable<Violation> FindViolations(CallTally overload, CallTally baseline, double capacity)
    {
        if (overload.Failures.Count == 0)
        {
            yield return new Violation(0, "overload", "no claim was refused, so there was no overload");
        }

        if (baseline.Failures.Count > MaxRefusedShare * (baseline.Claims.Count + baseline.Failures.Count))
        {
            yield return new Violation(
                13, "overload",
                $"at a third of the capacity {baseline.Failures.Count} claims were refused and {baseline.Claims.Count} admitted");
        }

        if (overload.Claims.Count < MinAdmittedShare * capacity * overload.Duration.TotalSeconds)
        {
            yield return new Violation(
                13, "overload",
                $"{overload.Claims.Count} claims admitted in {overload.Duration.TotalSeconds:0} s, of a capacity of {capacity:0} a second");
        }

        if (overload.Statuses.Keys.Any(status => status is not (200 or 202 or 429 or 503)))
        {
            yield return new Violation(12, "overload", $"answers by status: {string.Join(' ', overload.Statuses)}");
        }
    }
}
