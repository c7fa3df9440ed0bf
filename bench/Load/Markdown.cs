using System.Globalization;
using System.Text;

namespace TreasureHunt.Load;

/// <summary>The report, for people.</summary>
internal static class Markdown
{
    public static string Of(Figures figures, IReadOnlyList<SystemResults> measured)
    {
        var text = new StringBuilder();
        Add($"# Benchmark of {figures.Commit}, {figures.At:yyyy-MM-dd HH:mm} UTC\n");
        Add($"Machine: {figures.Machine}, everything on it: servers, hosts and callers. {string.Join(", ", figures.Versions.Select(version => $"{version.Key} {version.Value}"))}.");
        Add($"Medians of the runs, least and most behind them. Claims are outcomes a second; sold out, one-small, reads, mix and the ceiling are answers a second.\n");
        Add($"## As fast as it goes\n");
        Table(figures, Scenario.All.Select(scenario => scenario.Name), (figure, ratio) =>
            $"{figure.PerSecond:N0} ({figure.Least:N0}–{figure.Most:N0}){Ratio(ratio)}");
        Add($"## Double winners, over all runs\n");
        Table(figures, [
            .. Scenario.All.Where(scenario => scenario.Reads < 1).Select(scenario => scenario.Name), "story"],
            (figure, _) => $"{figure.DoubleWinners:N0}");
        Add($"## Latency in ms, p50 / p95 / p99 / max\n");
        Table(figures, ["outcome", "accept", "one-caller", "fifty", "one-large"], (figure, _) => $"{Spread(figure.Claims)}");
        Add($"`outcome` and `accept` at 1,000 claims/s offered, open loop, from when each was due; `one-caller` alone; the others with all callers at once.\n");
        Add($"## The story: three times what \"before\" can serve\n");
        Table(figures, [
            "story"],
            (figure, _) =>
                $"offered {measured.SelectMany(system => system.Story).FirstOrDefault()?.Offered:N0}/s; {Statuses(figure)}; pages read {figure.Reads.Count:N0} in {Spread(figure.Reads)} ms; turned away {figure.FailedShare:P1} in {Spread(figure.Failures)} ms; double winners {figure.DoubleWinners:N0}");
        Add($"## Microseconds of processor per answer, 50 treasures\n");
        foreach (var (system, byScenario) in figures.Systems)
        {
            if (byScenario.TryGetValue(Scenario.Fifty.Name, out var fifty))
            {
                var parts = fifty.CpuPerAnswer.Where(process => process.Value >= 0.5).OrderByDescending(process => process.Value).Select(
                    process => $"{process.Key} {process.Value:N0}");
                Add($"- {system}: {fifty.CpuPerAnswer.Values.Sum():N0} = {string.Join(", ", parts)}");
            }
        }

        Add($"\n## Bytes per claim, 50 treasures\n");
        foreach (var system in measured.Where(system => system.BytesPerClaim.Count > 0))
        {
            Add($"- {system.System}: {string.Join(", ", system.BytesPerClaim.Select(bytes => $"{bytes.Key} {bytes.Value:N0}"))}");
        }

        return text.ToString();

        void Add(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

        void Table(Figures all, IEnumerable<string> columns, Func<Figure, double?, FormattableString> cell)
        {
            var names = columns.Where(column => all.Systems.Values.Any(system => system.ContainsKey(column))).ToList();
            Add($"| | {string.Join(" | ", names)} |");
            Add($"|---|{string.Concat(names.Select(_ => "---|"))}");
            foreach (var (system, byScenario) in all.Systems)
            {
                var cells = names.Select(name => byScenario.TryGetValue(name, out var figure)
                    ? cell(figure, all.Ratios.GetValueOrDefault(system)?.TryGetValue(name, out var ratio) == true ? ratio : null).ToString(
                        CultureInfo.InvariantCulture)
                    : "");
                Add($"| {system} | {string.Join(" | ", cells)} |");
            }

            Add($"");
        }
    }

    private static string Ratio(double? ratio) =>
        ratio is { } value ? string.Create(CultureInfo.InvariantCulture, $" · ours {value:0.##}×") : "";

    private static string Spread(LatencySummary latency) =>
        string.Create(CultureInfo.InvariantCulture, $"{latency.P50:N1} / {latency.P95:N1} / {latency.P99:N1} / {latency.Max:N0}");

    private static string Statuses(Figure figure) => string.Join(", ", figure.Statuses.Select(status => $"{status.Key}: {status.Value}"));
}
