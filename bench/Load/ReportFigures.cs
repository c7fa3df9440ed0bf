using System.Text.Json;
using TreasureHunt.LoadGenerator.Load;

namespace TreasureHunt.Load;

/// <summary>The figures of one run of the benchmark. Their keys do not change.</summary>
/// <param name="Systems">By system, then by measurement.</param>
/// <param name="Ratios">The engine's median of outcomes a second divided by another system's, by system and scenario.</param>
public sealed record ReportFigures(
    string Commit,
    DateTimeOffset At,
    string Machine,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, MedianRun>> Systems,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Ratios)
{
    public static ReportFigures Of(IReadOnlyList<SystemResults> measured, string commit, DateTimeOffset at)
    {
        var systems = measured.ToDictionary(system => system.System, FiguresOf);
        var ratios = systems.TryGetValue("ours", out var ours)
            ? systems.Where(system => system.Key != "ours").ToDictionary(
                system => system.Key, system => (IReadOnlyDictionary<string, double>)Ratio(ours, system.Value))
            : [];
        return new ReportFigures(commit, at, Load.Machine.Name(), Load.Versions.Read(), systems, ratios);
    }

    public string ToJson() => JsonSerializer.Serialize(this, SystemResults.Json);

    private static IReadOnlyDictionary<string, MedianRun> FiguresOf(SystemResults system) => system.Capacity
        .Concat(system.Latency)
        .Concat(system.Overload.Select(run => run with { Scenario = BenchOptions.Overload }))
        .Concat(system.Admission)
        .GroupBy(run => run.Scenario)
        .ToDictionary(group => group.Key, group => MedianRun.Of([.. group]));

    private static Dictionary<string, double> Ratio(
        IReadOnlyDictionary<string, MedianRun> ours, IReadOnlyDictionary<string, MedianRun> theirs) => ours
        .Where(figure => theirs.TryGetValue(figure.Key, out var other) && other.PerSecond > 0 && figure.Value.PerSecond > 0)
        .ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value.PerSecond / theirs[figure.Key].PerSecond, 2));
}
