using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>The part of the report about reads after outcomes and about the order of claims.</summary>
internal static class ConsistencyTable
{
    private static readonly string[] Names = [ConsistencyRuns.Idle, ConsistencyRuns.UnderLoad];

    public static IEnumerable<string> LinesOf(ReportFigures figures, IReadOnlyList<SystemResults> measured)
    {
        yield return "## Reads after outcomes, and the order of two players";
        yield return "";
        yield return "The time from an outcome to a read that shows it, p50 / p95 / p99 / max: on an idle set, and at 1,000 claims/s.";
        yield return "In a duel two players claim one unit at the same moment, on an idle set.";
        yield return "";
        foreach (var (system, byScenario) in figures.Systems)
        {
            foreach (var name in Names.Where(byScenario.ContainsKey))
            {
                var reads = byScenario[name].Reads;
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"- {system}, {name}: {reads.P50:N1} / {reads.P95:N1} / {reads.P99:N1} / {reads.Max:N0} ms");
            }
        }

        foreach (var system in measured)
        {
            if (system.Duels is { } duels)
            {
                yield return $"- {system.System}: {duels}";
            }
        }

        yield return "";
    }
}
