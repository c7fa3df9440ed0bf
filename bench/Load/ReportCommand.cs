using System.CommandLine;

namespace TreasureHunt.Load;

/// <summary><c>report</c>: writes the report of all measured systems.</summary>
internal static class ReportCommand
{
    private const string OldNameOfUnlockedRedis = "before";

    /// <summary>The order of the systems in the report. Systems without a measurement are left out.</summary>
    private static readonly string[] Systems = [
        "ours", "first-design", "unlocked-redis", OldNameOfUnlockedRedis, "by-the-book", "wolverine", "sql-only", "skip-locked", "ceiling",
        "inserts"];

    public static Command Create()
    {
        var results = new Option<string>("--results") { Description = "folder with the results of 'run'", Required = true };
        var into = new Option<string>("--into") { Description = "folder for the report", Required = true };
        var commit = new Option<string>("--commit") { Description = "the measured commit", Required = true };
        var command = new Command("report", "writes the table, the figures and the plots") { results, into, commit };
        command.SetAction(async parsed =>
        {
            var measured = new List<SystemResults>();
            foreach (var system in Systems)
            {
                if (await SystemResults.ReadAsync(parsed.GetRequiredValue(results), system) is { } found)
                {
                    measured.Add(found);
                }
            }

            if (measured.Count == 0)
            {
                Console.Error.WriteLine("Nothing was measured.");
                return 1;
            }

            var folder = parsed.GetRequiredValue(into);
            Directory.CreateDirectory(folder);
            var figures = ReportFigures.Of(measured, parsed.GetRequiredValue(commit), TimeProvider.System.GetUtcNow());
            var markdown = Markdown.Of(figures, measured);
            Console.WriteLine(markdown);
            await File.WriteAllTextAsync(Path.Combine(folder, "latest.json"), figures.ToJson());
            await File.WriteAllTextAsync(Path.Combine(folder, $"{figures.At:yyyy-MM-dd}-{figures.Commit}.md"), markdown);
            await Plots.WriteAsync(folder, measured);
            return 0;
        });
        return command;
    }
}
