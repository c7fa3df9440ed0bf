using System.CommandLine;
using System.Globalization;
using TreasureHunt.Cli;

namespace TreasureHunt.Load;

public static class RunCommand
{
    public static Command Create()
    {
        var system = new Argument<string>("system") { Description = "the name of the system behind the door" };
        var only = new Option<string?>(
            "--only")
        { Description = $"only these, ',' between them, of: {string.Join(' ', BenchOptions.Everything)}" };
        only.Validators.Add(result =>
        {
            foreach (var part in (result.Tokens is [var token] ? token.Value : "").Split(',').Except(BenchOptions.Everything))
            {
                result.AddError($"--only takes {string.Join(' ', BenchOptions.Everything)}, with ',' between them, not '{part}'.");
            }
        });
        var repeats = NumberOption.Of("--repeats", 1, 100, "Runs of each measurement.", 3);
        var seconds = NumberOption.Of("--seconds", 0.1, 3_600.0, "Length of a run in seconds.", 5);
        var callers = NumberOption.Of("--callers", 1, 10_000, "Callers of a closed loop.", 512);
        var results = new Option<string>("--results") { Description = "folder for the results", Required = true };
        var command = new Command("run", "measures one system") { system, only, repeats, seconds, callers, results };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetRequiredValue(results);
            var before = await SystemResults.ReadAsync(folder, "before");
            var options = new BenchOptions(
                parsed.GetValue(only)?.Split(',') ?? BenchOptions.Everything,
                parsed.GetRequiredValue(system),
                parsed.GetValue(callers).GetValueOrDefault(),
                parsed.GetValue(repeats).GetValueOrDefault(),
                TimeSpan.FromSeconds(parsed.GetValue(seconds).GetValueOrDefault()),
                TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds).GetValueOrDefault() / 2)),
                before?.Story is [{ Offered: { } offered }, ..] && parsed.GetRequiredValue(system) != "before" ? offered : null);
            var folderOfSet = Environment.GetEnvironmentVariable("HUNT_RUN_DIR")
                ?? throw new InvalidOperationException("HUNT_RUN_DIR is not set.");
            var time = TimeProvider.System;
            var mark = string.Create(CultureInfo.InvariantCulture, $"b{time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000}");
            var measured =
                await new Bench(
                    options, CliSettings.Read(Environment.GetEnvironmentVariable), folderOfSet, mark, time, Console.WriteLine).RunAsync();
            await measured.WriteAsync(folder);
            // A system that answered nothing was not measured.
            var silent = measured.Silent.ToList();
            silent.ForEach(
                scenario => Console.Error.WriteLine($"{options.System} answered nothing in '{scenario}': that is no measurement."));
            return silent.Count == 0 ? ExitCodes.Clean : ExitCodes.NotClean;
        });
        return command;
    }
}
