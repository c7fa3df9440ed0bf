using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>The section of the report about admitted and refused claims.</summary>
internal static class AdmissionTable
{
    public static IEnumerable<string> LinesOf(IReadOnlyList<SystemResults> measured)
    {
        if (measured.All(system => system.Admission.Count == 0))
        {
            yield break;
        }

        yield return "## Admission: C is the capacity of the same run\n";
        yield return "`accept` does not wait for the outcome, `outcome` and `loop` do. Callers of a loop come back at once.";
        yield return "In brackets the p99 of admitted claims as a multiple of the p99 at 0.33 C.\n";
        yield return "| | | offered | refused | decided | decided / C | admitted p50 / p99 ms | refusal p50 ms | "
            + "HAProxy, callers, all: processors |";
        yield return "|---|---|---|---|---|---|---|---|---|";
        foreach (var system in measured)
        {
            foreach (var runs in system.Admission.GroupBy(run => run.Scenario))
            {
                yield return RowOf(system, MedianOf(runs));
            }
        }

        yield return "";
    }

    private static string RowOf(SystemResults system, MeasuredRun run)
    {
        var capacity = MedianOf(system.Admission.Where(other => other.Scenario == AdmissionRuns.Capacity));
        var kind = run.Scenario.StartsWith("accept", StringComparison.Ordinal) ? "accept" : "outcome";
        var calm = MedianOf(system.Admission.Where(other => other.Scenario == $"{kind}-0.33C"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {system.System} | {run.Scenario} | {run.Offered:N0} | {run.FailedShare:P1} | {run.Decided:N0} | "
                + $"{run.Decided / capacity.Decided:0.00} | "
                + $"{run.Claims.P50:N1} / {run.Claims.P99:N1} ({run.Claims.P99 / calm.Claims.P99:0.0} ×) | "
                + $"{run.Failures.P50:N1} | {Processors(run, "haproxy"):0.00}, {Processors(run, "load"):0.00}, {Processors(run):0.00} |");
    }

    private static double Processors(MeasuredRun run, string? process = null) => run.Answers / 1_000_000
        * (process is null ? run.CpuPerAnswer.Values.Sum() : run.CpuPerAnswer.GetValueOrDefault(process));

    private static MeasuredRun MedianOf(IEnumerable<MeasuredRun> runs)
    {
        var sorted = runs.OrderBy(run => run.Decided).ToList();
        return sorted[sorted.Count / 2];
    }
}
