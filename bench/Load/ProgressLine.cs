using System.Globalization;
using TreasureHunt.LoadGenerator.Load;

namespace TreasureHunt.Load;

/// <summary>One run, as a line of progress.</summary>
internal static class ProgressLine
{
    public static string Of(string system, int repeat, MeasuredRun run)
    {
        var latency = run.Claims.Count > 0 ? run.Claims : run.Reads;
        var offered = run.Offered is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate,7:N0}/s") : "   max   ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{system,-14} {run.Scenario,-16} {repeat} {offered} outcomes {run.Outcomes,7:N0}/s answers {run.Answers,7:N0}/s "
            + $"p50 {latency.P50,7:N1} p99 {latency.P99,8:N1} ms cpu {run.CpuPerAnswer.Values.Sum(),6:N0} µs "
            + $"decided {run.Decided,7:N0}/s refused {run.FailedShare,6:P1} in {run.Failures.P50,5:N1} ms "
            + $"double winners {run.DoubleWinners}");
    }
}
