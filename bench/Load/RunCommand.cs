using System.CommandLine;
using System.Globalization;
using TreasureHunt.Cli;

namespace TreasureHunt.Load;

internal static class RunCommand
{
    public static Command Create()
    {
        var system = new Argument<string>("system") { Description = "the name of the system behind the door" };
        var only = new Option<string?>("--only") { Description = $"only these, ',' between them, of: {string.Join(' ', BenchOptions.Everything)}" };
        var repeats = new Option<int>("--repeats") { Description = "runs of each measurement", DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "length of a run", DefaultValueFactory = _ => 5 };
        var callers = new Option<int>("--callers") { Description = "callers of a closed loop", DefaultValueFactory = _ => 512 };
        var results = new Option<string>("--results") { Description = "folder for the results", Required = true };
        var command = new Command("run", "measures one system") { system, only, repeats, seconds, callers, results };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetRequiredValue(results);
            var before = await SystemResults.Read(folder, "before");
            var options = new BenchOptions(
                parsed.GetValue(only)?.Split(',') ?? BenchOptions.Everything,
                parsed.GetRequiredValue(system),
                parsed.GetValue(callers),
                parsed.GetValue(repeats),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds) / 2)),
                before?.Story is [{ Offered: { } offered }, ..] && parsed.GetRequiredValue(system) != "before" ? offered : null);
            var folderOfSet = Environment.GetEnvironmentVariable("HUNT_RUN_DIR") ?? throw new InvalidOperationException("HUNT_RUN_DIR is not set.");
            var time = TimeProvider.System;
            var mark = string.Create(CultureInfo.InvariantCulture, $"b{time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000}");
            var measured = await new Bench(options, Settings.Read(Environment.GetEnvironmentVariable), folderOfSet, mark, time, Console.WriteLine).Run();
            await measured.Write(folder);
        });
        return command;
    }
}
