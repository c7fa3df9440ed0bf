using System.CommandLine;
using System.Globalization;
using TreasureHunt.Cli;

namespace TreasureHunt.Load;

/// <summary><c>run</c>: measures one system.</summary>
public static class RunCommand
{
    /// <summary>The capacity of this system sets the rate of the overload for all others.</summary>
    private const string FirstDesign = "first-design";

    public static Command Create()
    {
        var system = new Argument<string>("system") { Description = "the name of the measured system" };
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
        var warmUp = NumberOption.Of("--warm-up", 1, 600, "Seconds of load before all runs.", 45);
        var results = new Option<string>("--results") { Description = "folder for the results", Required = true };
        var command = new Command("run", "measures one system") { system, only, repeats, seconds, callers, warmUp, results };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetRequiredValue(results);
            var firstDesign = await SystemResults.ReadAsync(folder, FirstDesign);
            var options = new BenchOptions(
                parsed.GetValue(only)?.Split(',') ?? BenchOptions.EverythingOf(parsed.GetRequiredValue(system)),
                parsed.GetRequiredValue(system),
                parsed.GetValue(callers).GetValueOrDefault(),
                parsed.GetValue(repeats).GetValueOrDefault(),
                TimeSpan.FromSeconds(parsed.GetValue(seconds).GetValueOrDefault()),
                TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds).GetValueOrDefault() / 2)),
                TimeSpan.FromSeconds(parsed.GetValue(warmUp).GetValueOrDefault()),
                firstDesign?.Overload is [{ Offered: { } offered }, ..] && parsed.GetRequiredValue(system) != FirstDesign ? offered : null);
            var setFolder = Environment.GetEnvironmentVariable("HUNT_RUN_DIR")
                ?? throw new InvalidOperationException("HUNT_RUN_DIR is not set.");
            var time = TimeProvider.System;
            var mark = string.Create(CultureInfo.InvariantCulture, $"b{time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000}");
            var measured =
                await new Bench(
                    options, CliSettings.FromEnvironment(Environment.GetEnvironmentVariable), setFolder, mark, time,
                    Console.WriteLine).RunAsync();
            await measured.WriteAsync(folder);
            // Without a response nothing was measured.
            var silent = measured.Silent.ToList();
            silent.ForEach(
                scenario => Console.Error.WriteLine($"{options.System} returned no response in '{scenario}': nothing was measured."));
            return silent.Count == 0 ? ExitCodes.Clean : ExitCodes.NotClean;
        });
        return command;
    }
}
