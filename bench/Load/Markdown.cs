using System.Globalization;
using System.Text;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>The report as Markdown.</summary>
internal sealed class Markdown(ReportFigures figures, IReadOnlyList<SystemResults> measured)
{
    /// <summary>The scenarios whose costs are listed.</summary>
    private static readonly string[] Costed = [Scenarios.Fifty.Name, "outcome", "one-caller"];

    private readonly StringBuilder _text = new();

    public static string Of(ReportFigures figures, IReadOnlyList<SystemResults> measured) => new Markdown(figures, measured).Write();

    private string Write()
    {
        Add($"# Benchmark of {figures.Commit}, {figures.At:yyyy-MM-dd HH:mm} UTC\n");
        var versions = string.Join(", ", figures.Versions.Select(version => $"{version.Key} {version.Value}"));
        Add($"Machine: {figures.Machine}, everything on it: servers, hosts and callers. {versions}.");
        Add($"Medians of the runs, in brackets the lowest and the highest run. Claims are outcomes a second;");
        Add($"sold out, one-small, reads, mix and the ceiling are answers a second.\n");
        Add($"## Capacity\n");
        AddTable(Scenarios.All.Select(scenario => scenario.Name), (figure, ratio) =>
            $"{figure.PerSecond:N0} ({figure.Least:N0}–{figure.Most:N0}){Ratio(ratio)}");
        Add($"## Double winners, over all runs\n");
        AddTable(
            [.. Scenarios.All.Where(scenario => scenario.Reads < 1).Select(scenario => scenario.Name), BenchOptions.Overload],
            (figure, _) => $"{figure.DoubleWinners:N0}");
        Add($"## Latency in ms, p50 / p95 / p99 / max\n");
        AddTable(["outcome", "outcome-half", "accept", "one-caller", "fifty", "one-large"], (figure, _) => $"{Spread(figure.Claims)}");
        Add($"`outcome` and `accept` at 1,000 claims/s offered, `outcome-half` at 500, open loop, latency from when each was due;");
        Add($"`one-caller` alone; the others with all callers at once.\n");
        AddReplays();
        AddColdStarts();
        AddOverload();
        ConsistencyTable.LinesOf(figures, measured).ToList().ForEach(line => _text.AppendLine(line));
        AdmissionTable.LinesOf(measured).ToList().ForEach(line => _text.AppendLine(line));
        AddProcessorTimes();
        AddFixedCosts();
        AddCounters();
        AddBytes();
        return _text.ToString();
    }

    /// <summary>The first seconds of a set, as a sentence.</summary>
    public static string Of(ColdStart cold)
    {
        var time = cold.SecondsToWarm is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"after {seconds:N1} s") : "never";
        var rates = string.Join(' ', cold.DecidedPerSecond.Select(rate => (long)rate));
        return string.Create(
            CultureInfo.InvariantCulture, $"80 % of the warm rate ({cold.WarmRate:N0} decided/s) {time}; decided in each second: {rates}");
    }

    private void AddReplays()
    {
        Add($"## Replay, events a second\n");
        AddTable(ReplayRuns.ReadModels.Select(ReplayRuns.NameOf), (figure, _) => Join(
            $"{figure.PerSecond:N0} ({figure.Least:N0}–{figure.Most:N0}); {figure.CpuPerAnswer.Values.Sum():N1} µs of processor: ",
            $"{string.Join(", ", figure.CpuPerAnswer.Where(part => part.Value >= 0.5).Select(part => Amount(part.Key, part.Value)))}"));
        Add($"The processor time includes the comparison of a sample and the deletion of the built generation.\n");
    }

    private void AddColdStarts()
    {
        Add($"## The first seconds of a set, 50 treasures, all callers\n");
        foreach (var system in measured)
        {
            if (system.Cold is { } cold)
            {
                Add($"- {system.System}: {Of(cold)}");
            }
        }

        Add($"");
    }

    private void AddOverload()
    {
        var offered = measured.SelectMany(system => system.Overload).FirstOrDefault()?.Offered;
        Add($"## Overload: three times the rate that first-design can serve, and {OverloadRuns.ReadsPerSecond} page reads a second\n");
        Add($"Failed: 503, 504, or no answer within 5 s. A 429 tells the caller when to come back.\n");
        AddTable(
            [BenchOptions.Overload],
            (figure, _) => Join(
                $"offered {offered:N0}/s; failed {Unavailable(figure):P1}; {Statuses(figure)}; reads {figure.Reads.Count:N0} in ",
                $"{Spread(figure.Reads)} ms; refused in {Spread(figure.Failures)} ms; double winners {figure.DoubleWinners:N0}"));
    }

    private static double Unavailable(MedianRun figure) =>
        (double)figure.Statuses.Where(status => status.Key is "503" or "504" or "no answer").Sum(status => status.Value)
            / Math.Max(1, figure.Statuses.Values.Sum());

    private void AddProcessorTimes()
    {
        Add($"## Microseconds of processor per answer\n");
        Add($"In brackets the part in kernel mode, and the context switches per answer.\n");
        foreach (var (system, byScenario) in figures.Systems)
        {
            foreach (var name in Costed.Where(byScenario.ContainsKey))
            {
                var run = byScenario[name];
                var parts = run.CpuPerAnswer.Where(process => process.Value >= 0.5).OrderByDescending(process => process.Value)
                    .Select(process => $"{process.Key} {process.Value:N0}{Detail(run, process.Key)}");
                Add($"- {system}, {name}: {run.CpuPerAnswer.Values.Sum():N0}{Detail(run)} = {string.Join(", ", parts)}");
            }
        }
    }

    // The use of a second is a fixed part and a part for each claim. Two rates give both.
    private void AddFixedCosts()
    {
        Add($"\n## Fixed cost of a second, and cost of a claim, from two offered rates\n");
        foreach (var (system, byScenario) in figures.Systems)
        {
            if (byScenario.GetValueOrDefault("outcome") is { } full && byScenario.GetValueOrDefault("outcome-half") is { } half
                && full.PerSecond > half.PerSecond)
            {
                var (used, usedAtHalf) = (full.PerSecond * full.CpuPerAnswer.Values.Sum(), half.PerSecond * half.CpuPerAnswer.Values.Sum());
                var perClaim = (used - usedAtHalf) / (full.PerSecond - half.PerSecond);
                var perSecond = (used - (full.PerSecond * perClaim)) / 1_000;
                Add($"- {system}: {perSecond:N0} ms of processor in a second, {perClaim:N0} µs a claim");
            }
        }
    }

    private void AddCounters()
    {
        Add($"\n## Messages, transactions and Redis commands per answer\n");
        Add($"Messages of the broker, transactions that wrote, commands of the lock masters and the read models, in scripts as well.");
        Add($"Periodic work of the set is counted too; it dominates with one caller.\n");
        foreach (var (system, byScenario) in figures.Systems)
        {
            foreach (var name in Costed.Where(byScenario.ContainsKey))
            {
                if (byScenario[name].CountedPerAnswer is { Count: > 0 } counted)
                {
                    Add($"- {system}, {name}: {string.Join(", ", counted.Select(counter => Amount(counter.Key, counter.Value)))}");
                }
            }
        }
    }

    private static string Amount(string counter, double value) => string.Create(CultureInfo.InvariantCulture, $"{counter} {value:0.###}");

    private static string Detail(MedianRun run, string? process = null) =>
        run is { KernelPerAnswer: { } kernel, SwitchesPerAnswer: { } switches }
            ? string.Create(CultureInfo.InvariantCulture, $" ({Total(kernel, process):N0}, {Total(switches, process):N1})")
            : "";

    private static double Total(IReadOnlyDictionary<string, double> values, string? process) =>
        process is null ? values.Values.Sum() : values.GetValueOrDefault(process);

    private void AddBytes()
    {
        Add($"\n## Bytes per claim, 50 treasures\n");
        foreach (var system in measured.Where(system => system.BytesPerClaim.Count > 0))
        {
            Add($"- {system.System}: {string.Join(", ", system.BytesPerClaim.Select(bytes => $"{bytes.Key} {bytes.Value:N0}"))}");
        }
    }

    private void AddTable(IEnumerable<string> columns, Func<MedianRun, double?, FormattableString> cell)
    {
        var names = columns.Where(column => figures.Systems.Values.Any(system => system.ContainsKey(column))).ToList();
        Add($"| | {string.Join(" | ", names)} |");
        Add($"|---|{string.Concat(names.Select(_ => "---|"))}");
        foreach (var (system, byScenario) in figures.Systems)
        {
            var cells = names.Select(name => byScenario.TryGetValue(name, out var figure)
                ? cell(figure, RatioOf(system, name)).ToString(CultureInfo.InvariantCulture)
                : "");
            Add($"| {system} | {string.Join(" | ", cells)} |");
        }

        Add($"");
    }

    private void Add(FormattableString line) => _text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private double? RatioOf(string system, string scenario) =>
        figures.Ratios.GetValueOrDefault(system)?.TryGetValue(scenario, out var ratio) == true ? ratio : null;

    private static FormattableString Join(params FormattableString[] parts) =>
        $"{string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture)))}";

    private static string Ratio(double? ratio) =>
        ratio is { } value ? string.Create(CultureInfo.InvariantCulture, $" · ours {value:0.##}×") : "";

    private static string Spread(LatencySummary latency) =>
        string.Create(CultureInfo.InvariantCulture, $"{latency.P50:N1} / {latency.P95:N1} / {latency.P99:N1} / {latency.Max:N0}");

    private static string Statuses(MedianRun figure) =>
        string.Join(", ", figure.Statuses.Select(status => $"{status.Key}: {status.Value}"));
}
