using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace TreasureHunt.Cli.Demo;

/// <summary><c>hunt demo</c>: a crowd claims treasures, and then the log is held against what the crowd was told.</summary>
public static class DemoCommand
{
    private static readonly Option<int> Players = Number("--players", 5_000, 1, 1_000_000, "How many players claim.");
    private static readonly Option<int> Claims = Number("--claims", 50_000, 10, 5_000_000, "How many claims they send, retries of the same key and latecomers among them.");
    private static readonly Option<int> Treasures = Number("--treasures", 50, 1, 1_000, "How many treasures there are.");
    private static readonly Option<int> Seed = Number("--seed", 1, 0, int.MaxValue, "The same seed (with the same numbers) sends the same claims.");
    private static readonly Option<int> Callers = Number("--callers", 1_024, 1, 10_000, "Claims under way at once.");
    private static readonly Option<int> WarmUp = Number("--warm-up", 2_000, 0, 1_000_000, "Claims on a second hunt before anything is measured.");
    private static readonly Option<int> Quiet = Number("--quiet", 200, 0, 100_000, "Measured claims of one quiet caller after the storm; 0 leaves it out.");
    private static readonly Option<int> Deadline = Number("--deadline", 120, 1, 3_600, "Seconds for which one claim is retried and asked after.");
    private static readonly Option<int?> StockOfTrace = new("--stock")
    {
        Description = "With --from: units of each treasure, 1 to 1000000. Default: half as many as there are different claims on it.",
        HelpName = "n",
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Replay a trace of claims (NDJSON lines of offsetMs, player, treasure, key, proof) at its recorded times instead of making up a sale. "
            + "Treasures are created from it: one unit a player, a proof where at least half of the claims bring one (the one brought most often is right). "
            + "Says which lines are wrong before anything is sent.",
        HelpName = "file",
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "With --from: how much faster than recorded, such as 2x or 0.5x (0.01x to 1000x).",
        HelpName = "factor",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseSpeed,
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "Write the claims of the storm to this file as a trace, with the times at which they were first sent (in milliseconds).",
        HelpName = "file",
    };

    public static Command Create()
    {
        var json = JsonFile.Option();
        var against = Settings.AgainstOption();
        var command = new Command("demo", "Let a crowd claim treasures, show how it went, and audit it from the event store. Exit code 0 only when the audit is clean.")
        {
            Players, Claims, Treasures, Seed, Callers, WarmUp, Quiet, Deadline, Record, From, Speed, StockOfTrace, json, against,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new DemoOptions(
                new PlanSize(parsed.GetValue(Players), parsed.GetValue(Claims), parsed.GetValue(Treasures), parsed.GetValue(Seed)),
                parsed.GetValue(From),
                parsed.GetValue(Speed),
                parsed.GetValue(StockOfTrace),
                parsed.GetValue(Callers),
                parsed.GetValue(WarmUp),
                parsed.GetValue(Quiet),
                TimeSpan.FromSeconds(parsed.GetValue(Deadline)),
                parsed.GetValue(json),
                parsed.GetValue(Record));
            var settings = Settings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against));
            return await new DemoRun(settings, options, AnsiConsole.Console, TimeProvider.System).RunAsync(cancellation);
        });
        return command;
    }

    private static Option<int> Number(string name, int standard, int least, int most, string description)
    {
        var option = new Option<int>(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {least} to {most}."),
            HelpName = "n",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {least} to {most}, not {value}."));
        });
        return option;
    }

    private static double ParseSpeed(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (double.TryParse(text.TrimEnd('x'), NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.01 and <= 1_000)
            return speed;
        result.AddError($"--speed must be a factor such as 2x or 0.5x (0.01x to 1000x), not '{text}'.");
        return 1;
    }

    /// <summary>Options that make no sense together, and files that cannot be used.</summary>
    private static void Validate(CommandResult command)
    {
        bool Given(Option option) => command.GetResult(option) is { Implicit: false };

        var replay = Given(From);
        foreach (var option in new Option[] { Players, Claims, Treasures, Seed }.Where(option => replay && Given(option)))
            command.AddError($"{option.Name} cannot go with --from: the trace says who claims what.");
        foreach (var option in new Option[] { Speed, StockOfTrace }.Where(option => !replay && Given(option)))
            command.AddError($"{option.Name} goes only with --from.");
        if (Given(StockOfTrace) && command.GetValue(StockOfTrace) is not (>= 1 and <= 1_000_000))
            command.AddError("--stock must be 1 to 1000000.");
        if (replay && command.GetValue(From) is { } from && !File.Exists(from))
            command.AddError($"{from} is not there: --from takes a trace that --record wrote.");
        if (Given(Record) && command.GetValue(Record) is { } record)
            Output.Validate(record, command.AddError);
    }
}
