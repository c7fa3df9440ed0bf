using TreasureHunt.Faults.Checking;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Checks the answers to other callers beside a greedy address.</summary>
internal static class GreedySourceCheck
{
    /// <summary>With fewer open connections the greedy address takes nothing from others.</summary>
    private const int MinOpenConnections = 100;

    /// <summary>Share of the other callers' calls that must be served.</summary>
    private const double MinServedShare = 0.95;

    /// <summary>The p99 may double, plus this. A smaller difference is noise of the machine.</summary>
    private const double SlackMs = 5;

    /// <param name="open">Open connections of the greedy address.</param>
    /// <param name="baseline">The answers without the greedy address.</param>
    public static IEnumerable<Violation> FindViolations(int open, CallTally others, CallTally baseline)
    {
        if (open < MinOpenConnections)
        {
            yield return new Violation(
                0, "faultWithoutEffect", $"the greedy address had {open} open connections, and must have {MinOpenConnections}");
        }

        var served = others.Statuses.Where(status => status.Key is 200 or 202).Sum(status => status.Value);
        if (served < MinServedShare * others.Statuses.Values.Sum())
        {
            yield return new Violation(13, "greedySource", $"other callers were not served: {StatusCounts.Format(others.Statuses)}");
        }

        foreach (var violation in CompareLatency("reads", others.Reads, baseline.Reads)
            .Concat(CompareLatency("claims", others.Claims, baseline.Claims)))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> CompareLatency(string calls, LatencySummary now, LatencySummary before)
    {
        if (now.Count == 0 || before.Count == 0)
        {
            yield return new Violation(
                0, "faultWithoutEffect",
                $"other callers' {calls}: {now.Count} answered, {before.Count} without the greedy address; there must be some of each");
        }

        if (now.P99 > (2 * before.P99) + SlackMs)
        {
            yield return new Violation(
                13, "greedySource", $"p99 of other callers' {calls}: {now.P99:0} ms, without the greedy address {before.P99:0} ms");
        }
    }
}
