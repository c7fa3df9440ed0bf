using System.CommandLine;
using TreasureHunt.LoadGenerator.Planning;
using static TreasureHunt.Cli.Demo.DemoArguments;

namespace TreasureHunt.Cli.Demo;

/// <summary><c>hunt demo</c>: many players claim treasures, then the recorded events are compared with the responses.</summary>
public static class DemoCommand
{
    public static Command Create()
    {
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "demo",
            "Let many players claim treasures, show the figures, and audit the event store. Exit code 0 only when the audit is clean.")
        {
            Players, Claims, Treasures, Seed, Callers, WarmUp, Quiet, Watchers, Deadline, Record, From, Speed, Stock, json, against,
            operators,
        };
        command.Validators.Add(Validate);
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = OptionsOf(parsed) with { Json = parsed.GetValue(json) };
            var settings = CliSettings.FromEnvironment(
                Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators));
            return await new DemoRun(settings, options, CliConsole.Standard, TimeProvider.System).RunAsync(cancellation);
        });
        return command;
    }

    private static DemoOptions OptionsOf(ParseResult parsed)
    {
        int Number(Option<int?> option) => parsed.GetValue(option).GetValueOrDefault();
        return new DemoOptions(
            new PlanSize(Number(Players), Number(Claims), Number(Treasures), Number(Seed)),
            parsed.GetValue(From),
            parsed.GetValue(Speed),
            parsed.GetValue(Stock),
            Number(Callers),
            Number(WarmUp),
            Number(Quiet),
            TimeSpan.FromSeconds(Number(Deadline)),
            Json: null,
            parsed.GetValue(Record))
        {
            Watchers = Number(Watchers),
        };
    }
}
