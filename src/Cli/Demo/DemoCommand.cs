using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;

namespace TreasureHunt.Cli.Demo;

/// <summary><c>hunt demo</c>: a crowd claims treasures, and then the log is held against what the crowd was told.</summary>
public static class DemoCommand
{
    private static readonly Option<int?> Players = NumberOption.Of("--players", 1, 1_000_000, "How many players claim.", 5_000);
    private static readonly Option<int?> Claims = NumberOption.Of(
        "--claims", 10, 5_000_000, "How many claims they send, retries of the same key and latecomers among them.", 50_000);
    private static readonly Option<int?> Treasures = NumberOption.Of("--treasures", 1, 1_000, "How many treasures there are.", 50);
    private static readonly Option<int?> Seed = NumberOption.Of(
        "--seed", 0, int.MaxValue, "The same seed (with the same numbers) sends the same claims.", 1);
    private static readonly Option<int?> Callers = NumberOption.Of("--callers", 1, 10_000, "Claims under way at once.", 1_024);
    private static readonly Option<int?> WarmUp = NumberOption.Of(
        "--warm-up", 0, 1_000_000, "Claims on a second hunt before anything is measured; the hosts compile what they use most meanwhile.",
        40_000);
    private static readonly Option<int?> Quiet = NumberOption.Of(
        "--quiet", 0, 100_000, "Measured claims of one quiet caller after the storm; 0 leaves it out.", 200);
    private static readonly Option<int?> Deadline = NumberOption.Of(
        "--deadline", 1, 3_600, "Seconds for which one claim is retried and asked after.", 120);
    private static readonly Option<int?> Watchers = NumberOption.Of(
        "--watchers", 0, 10_000,
        "Clients that watch the sale as server-sent events during the storm, on one Api; afterwards each must know what is left of every treasure.", 0);
    private static readonly Option<int?> StockOfTrace =
        NumberOption.Of(
            "--stock", 1, 1_000_000, "With --from: units of each treasure (without it: half as many as there are different claims on it).");

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
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "demo", "Let a crowd claim treasures, show how it went, and audit it from the event store. Exit code 0 only when the audit is clean.")
        {
            Players, Claims, Treasures, Seed, Callers, WarmUp, Quiet, Watchers, Deadline, Record, From, Speed, StockOfTrace, json, against, operators,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellation) =>
        {
            int Number(Option<int?> option) => parsed.GetValue(option).GetValueOrDefault();
            var options = new DemoOptions(
                new PlanSize(Number(Players), Number(Claims), Number(Treasures), Number(Seed)),
                parsed.GetValue(From),
                parsed.GetValue(Speed),
                parsed.GetValue(StockOfTrace),
                Number(Callers),
                Number(WarmUp),
                Number(Quiet),
                TimeSpan.FromSeconds(Number(Deadline)),
                parsed.GetValue(json),
                parsed.GetValue(Record))
            {
                Watchers = Number(Watchers),
            };
            var settings = CliSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators));
            return await new DemoRun(settings, options, AnsiConsole.Console, TimeProvider.System).RunAsync(cancellation);
        });
        return command;
    }

    private static double ParseSpeed(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (double.TryParse(text.TrimEnd('x'), NumberStyles.Float, CultureInfo.InvariantCulture, out var speed)
            && speed is >= 0.01 and <= 1_000)
        {
            return speed;
        }

        result.AddError($"--speed must be a factor such as 2x or 0.5x (0.01x to 1000x), not '{text}'.");
        return 1;
    }

    /// <summary>Options that make no sense together, and files that cannot be used.</summary>
    private static void Validate(CommandResult command)
    {
        bool Given(Option option) => command.GetResult(option) is { Implicit: false };

        var replay = Given(From);
        foreach (var option in new Option[] { Players, Claims, Treasures, Seed }.Where(option => replay && Given(option)))
        {
            command.AddError($"{option.Name} cannot go with --from: the trace says who claims what.");
        }

        foreach (var option in new Option[] { Speed, StockOfTrace }.Where(option => !replay && Given(option)))
        {
            command.AddError($"{option.Name} goes only with --from.");
        }

        if (replay && command.GetValue(From) is { } from && !File.Exists(from))
        {
            command.AddError($"{from} is not there: --from takes a trace that --record wrote.");
        }

        if (Given(Record) && command.GetValue(Record) is { } record)
        {
            Output.Validate(record, command.AddError);
        }
    }
}
