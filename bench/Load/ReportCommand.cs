using System.CommandLine;

namespace TreasureHunt.Load;

internal static class ReportCommand
{
    /// <summary>In the order in which they are told; what was not measured is left out.</summary>
    private static readonly string[] Systems = ["ours", "before", "by-the-book", "wolverine", "sql-only", "ceiling", "inserts"];

    public static Command Create()
    {
        var results = new Option<string>("--results") { Description = "folder with what 'run' measured", Required = true };
        var into = new Option<string>("--into") { Description = "folder for the report", Required = true };
        var commit = new Option<string>("--commit") { Description = "what was measured", Required = true };
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
            var figures = Figures.Of(measured, parsed.GetRequiredValue(commit), TimeProvider.System.GetUtcNow());
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
