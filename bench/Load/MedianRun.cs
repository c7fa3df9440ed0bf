using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>The median run of a measurement, with the lowest and the highest rate of all runs.</summary>
/// <param name="PerSecond">As <see cref="MeasuredRun.PerSecond"/> counts.</param>
/// <param name="DoubleWinners">In all runs together.</param>
public sealed record MedianRun(
    double PerSecond,
    double Least,
    double Most,
    int Runs,
    double FailedShare,
    long DoubleWinners,
    LatencySummary Claims,
    LatencySummary Reads,
    LatencySummary Failures,
    IReadOnlyDictionary<string, long> Statuses,
    IReadOnlyDictionary<string, double> CpuPerAnswer,
    IReadOnlyDictionary<string, double>? KernelPerAnswer,
    IReadOnlyDictionary<string, double>? SwitchesPerAnswer,
    IReadOnlyDictionary<string, double>? CountedPerAnswer)
{
    public static MedianRun Of(IReadOnlyList<MeasuredRun> runs)
    {
        var sorted = runs.OrderBy(run => run.PerSecond).ToList();
        var median = sorted[sorted.Count / 2];
        return new MedianRun(
            Math.Round(median.PerSecond, 1),
            Math.Round(sorted[0].PerSecond, 1),
            Math.Round(sorted[^1].PerSecond, 1),
            runs.Count,
            median.FailedShare,
            runs.Sum(run => run.DoubleWinners),
            median.Claims,
            median.Reads,
            median.Failures,
            median.Statuses,
            Rounded(median.CpuPerAnswer, 1)!,
            Rounded(median.KernelPerAnswer, 1),
            Rounded(median.SwitchesPerAnswer, 1),
            Rounded(median.CountedPerAnswer, 3));
    }

    private static Dictionary<string, double>? Rounded(IReadOnlyDictionary<string, double>? values, int digits) =>
        values?.ToDictionary(value => value.Key, value => Math.Round(value.Value, digits));
}
