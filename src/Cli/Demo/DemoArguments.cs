using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TreasureHunt.Cli.Demo;

/// <summary>The options of <c>hunt demo</c>.</summary>
internal static class DemoArguments
{
    public static readonly Option<int?> Players = NumberOption.Of("--players", 1, 1_000_000, "How many players claim.", 5_000);
    public static readonly Option<int?> Claims = NumberOption.Of(
        "--claims", 10, 5_000_000, "How many claims they send, including retries with the same key and claims after the end.", 50_000);
    public static readonly Option<int?> Treasures = NumberOption.Of("--treasures", 1, 1_000, "How many treasures the sale has.", 50);
    public static readonly Option<int?> Seed = NumberOption.Of(
        "--seed", 0, int.MaxValue, "The same seed (with the same numbers) sends the same claims.", 1);
    public static readonly Option<int?> Callers = NumberOption.Of("--callers", 1, 10_000, "Claims in flight at once.", 1_024);
    public static readonly Option<int?> WarmUp = NumberOption.Of(
        "--warm-up", 0, 1_000_000,
        "Claims on a second hunt before the measurement; meanwhile the hosts compile the code that they use most.", 40_000);
    public static readonly Option<int?> Quiet = NumberOption.Of(
        "--quiet", 0, 100_000, "Measured claims of one quiet caller after the peak load; 0 leaves it out.", 200);
    public static readonly Option<int?> Deadline = NumberOption.Of(
        "--deadline", 1, 3_600, "Seconds for which one claim is retried and its outcome polled.", 120);
    public static readonly Option<int?> Watchers = NumberOption.Of(
        "--watchers", 0, 10_000,
        "Clients of the sale's server-sent events during the peak load, on one Api; afterwards each must have the remaining units of every "
        + "treasure.",
        0);
    public static readonly Option<int?> Stock = NumberOption.Of(
        "--stock", 1, 1_000_000, "With --from: units of each treasure (without it: half as many as it has different claims).");

    public static readonly Option<string?> From = new("--from")
    {
        Description =
            "Replay a trace of claims (NDJSON lines of offsetMs, player, treasure, key, proof) at its recorded times instead of planning a "
            + "sale. Treasures are created from it: one unit a player, a proof where at least half of the claims have one (the most "
            + "frequent one is right). Lists wrong lines before anything is sent.",
        HelpName = "file",
    };

    public static readonly Option<double> Speed = new("--speed")
    {
        Description = "With --from: how much faster than recorded, such as 2x or 0.5x (0.01x to 1000x).",
        HelpName = "factor",
        DefaultValueFactory = _ => 1,
        CustomParser = ParseSpeed,
    };

    public static readonly Option<string?> Record = new("--record")
    {
        Description =
            "Write the claims of the peak load to this file as a trace, with the times of their first requests (in milliseconds).",
        HelpName = "file",
    };

    /// <summary>Reports options that exclude each other, and files that cannot be used.</summary>
    public static void Validate(CommandResult command)
    {
        bool IsGiven(Option option) => command.GetResult(option) is { Implicit: false };

        var isReplay = IsGiven(From);
        foreach (var option in new Option[] { Players, Claims, Treasures, Seed }.Where(option => isReplay && IsGiven(option)))
        {
            command.AddError($"{option.Name} cannot go with --from: the trace has the claims.");
        }

        foreach (var option in new Option[] { Speed, Stock }.Where(option => !isReplay && IsGiven(option)))
        {
            command.AddError($"{option.Name} goes only with --from.");
        }

        if (isReplay && command.GetValue(From) is { } from && !File.Exists(from))
        {
            command.AddError($"{from} does not exist: --from takes a trace that --record wrote.");
        }

        if (IsGiven(Record) && command.GetValue(Record) is { } record)
        {
            OutputFile.Validate(record, command.AddError);
        }
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
}
