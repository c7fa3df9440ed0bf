using System.CommandLine;
using System.Globalization;
using System.Text;

namespace TreasureHunt.Load;

/// <summary><c>pairs</c>: compares two commits that were measured in turn.</summary>
internal static class PairsCommand
{
    private const string Before = "before";
    private const string After = "ours";

    public static Command Create()
    {
        var results = new Option<string>("--results") { Description = "folder with a folder of results for each round", Required = true };
        var into = new Option<string>("--into") { Description = "folder for the report", Required = true };
        var before = new Option<string>("--before") { Description = "the commit to compare with", Required = true };
        var commit = new Option<string>("--commit") { Description = "the measured commit", Required = true };
        var command = new Command("pairs", "compares two commits that were measured in turn") { results, into, before, commit };
        command.SetAction(async parsed =>
        {
            var rounds = new List<(SystemResults Before, SystemResults After)>();
            foreach (var folder in Directory.GetDirectories(parsed.GetRequiredValue(results)).Order(StringComparer.Ordinal))
            {
                if (await SystemResults.ReadAsync(folder, Before) is { } then && await SystemResults.ReadAsync(folder, After) is { } now)
                {
                    rounds.Add((then, now));
                }
            }

            if (rounds.Count == 0)
            {
                Console.Error.WriteLine("No round has results of both commits.");
                return 1;
            }

            var (old, current) = (parsed.GetRequiredValue(before), parsed.GetRequiredValue(commit));
            var report = Report(rounds, old, current);
            Console.WriteLine(report);
            Directory.CreateDirectory(parsed.GetRequiredValue(into));
            await File.WriteAllTextAsync(Path.Combine(parsed.GetRequiredValue(into), $"pairs-{old}-{current}.md"), report);
            return 0;
        });
        return command;
    }

    private static string Report(List<(SystemResults Before, SystemResults After)> rounds, string before, string commit)
    {
        var at = TimeProvider.System.GetUtcNow();
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# {commit} against {before}, in turn, {at:yyyy-MM-dd HH:mm} UTC")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine.Name()}. Rounds: {rounds.Count}; each measures both commits.")
            .AppendLine("Medians of the rounds; in brackets the ratio of the two runs of a round: median (lowest–highest).")
            .AppendLine()
            .AppendLine("| | | before | after | ratio |")
            .AppendLine("|---|---|---|---|---|");
        foreach (var name in RunsOf(rounds[0].After).Select(run => run.Scenario).Distinct())
        {
            Add(name, "a second", run => run.PerSecond);
            Add(name, "p50 ms", run => run.Claims.P50);
            Add(name, "p99 ms", run => run.Claims.P99);
            Add(name, "µs of processor", run => run.CpuPerAnswer.Values.Sum());
            Add(name, "context switches", run => run.SwitchesPerAnswer?.Values.Sum() ?? 0);
            Add(name, "failed %", run => 100 * run.FailedShare);
            Add(name, "failed p50 ms", run => run.Failures.P50);
            Add(name, "decided a second", run => run.Decided);
        }

        return text.ToString();

        void Add(string name, string unit, Func<MeasuredRun, double> figure)
        {
            var pairs = rounds.Select(round => (Before: FigureOf(round.Before), After: FigureOf(round.After))).ToList();
            var ratios = pairs.Where(pair => pair.Before > 0).Select(pair => pair.After / pair.Before).Order().ToList();
            var ratio = ratios.Count == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $"{Medians.Of(ratios):0.00} ({ratios[0]:0.00}–{ratios[^1]:0.00})");
            var (then, now) = (Medians.Of(pairs.Select(pair => pair.Before)), Medians.Of(pairs.Select(pair => pair.After)));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {unit} | {then:N1} | {now:N1} | {ratio} |");

            double FigureOf(SystemResults system) =>
                Medians.Of(RunsOf(system).Where(run => run.Scenario == name).Select(figure));
        }
    }

    private static IEnumerable<MeasuredRun> RunsOf(SystemResults system) =>
        system.Capacity.Concat(system.Latency).Concat(system.Overload).Concat(system.Admission);
}
