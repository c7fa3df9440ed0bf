using TreasureHunt.Faults.Checking;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Checks the answers of an overload.</summary>
internal static class OverloadCheck
{
    /// <summary>The p99 of admitted claims may be this many times the baseline's.</summary>
    private const double MaxLatencyFactor = 3;

    private const double MaxRejectionMs = 50;

    /// <param name="baseline">The answers at a third of the capacity.</param>
    public static IEnumerable<Violation> FindViolations(CallTally overload, CallTally baseline)
    {
        // The latencies below need at least one call each.
        if (baseline.Claims.Count == 0 || overload.Claims.Count == 0 || overload.Failures.Count == 0)
        {
            yield return new Violation(
                0, "overload",
                $"{baseline.Claims.Count} claims admitted without overload; {overload.Claims.Count} admitted and "
                    + $"{overload.Failures.Count} rejected with it: there must be some of each");
        }

        if (overload.Statuses.Keys.Any(status => status is not (200 or 202 or 429 or 503)))
        {
            yield return new Violation(12, "overload", $"answers by status: {string.Join(' ', overload.Statuses)}");
        }

        if (overload.Claims.P99 > MaxLatencyFactor * baseline.Claims.P99)
        {
            yield return new Violation(
                13, "overload", $"p99 of admitted claims {overload.Claims.P99:0} ms, without overload {baseline.Claims.P99:0} ms");
        }

        if (overload.Failures.P50 > MaxRejectionMs)
        {
            yield return new Violation(12, "overload", $"rejections took {overload.Failures.P50:0} ms at the median");
        }
    }
}
