using System.Text.Json;

namespace TreasureHunt.Load;

/// <summary>The figures of one run of the benchmark, under keys that stay.</summary>
/// <param name="Systems">By system, then by measurement.</param>
/// <param name="Ratios">Ours divided by another system's, medians of outcomes a second: by system, then by scenario.</param>
public sealed record Figures(
    string Commit,
    DateTimeOffset At,
    string Machine,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, Figure>> Systems,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Ratios)
{
    public static Figures Of(IReadOnlyList<SystemResults> measured, string commit, DateTimeOffset at)
    {
        var systems = measured.ToDictionary(system => system.System, FiguresOf);
        var ratios = systems.TryGetValue("ours", out var ours)
            ? systems.Where(system => system.Key != "ours").ToDictionary(
                system => system.Key, system => (IReadOnlyDictionary<string, double>)Ratio(ours, system.Value))
            : [];
        return new Figures(commit, at, Load.Machine.Name(), Load.Versions.Read(), systems, ratios);
    }

    public string ToJson() => JsonSerializer.Serialize(this, SystemResults.Json);

    private static IReadOnlyDictionary<string, Figure> FiguresOf(SystemResults system) => system.Capacity
        .Concat(system.Latency)
        .Concat(system.Story.Select(run => run with { Scenario = "story" }))
        .GroupBy(run => run.Scenario)
        .ToDictionary(group => group.Key, group => Figure.Of([.. group]));

    private static Dictionary<string, double> Ratio(
        IReadOnlyDictionary<string, Figure> ours, IReadOnlyDictionary<string, Figure> theirs) => ours
        .Where(figure => theirs.TryGetValue(figure.Key, out var other) && other.PerSecond > 0 && figure.Value.PerSecond > 0)
        .ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value.PerSecond / theirs[figure.Key].PerSecond, 2));
}

/// <summary>The median run of a measurement, and how far the others were.</summary>
/// <param name="PerSecond">As <see cref="Measured.PerSecond"/> counts.</param>
/// <param name="DoubleWinners">In all runs together.</param>
public sealed record Figure(
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
    IReadOnlyDictionary<string, double> CpuPerAnswer)
{
    public static Figure Of(IReadOnlyList<Measured> runs)
    {
        var sorted = runs.OrderBy(run => run.PerSecond).ToList();
        var median = sorted[sorted.Count / 2];
        return new Figure(
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
            median.CpuPerAnswer.ToDictionary(process => process.Key, process => Math.Round(process.Value, 1)));
    }
}
