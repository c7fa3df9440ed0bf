using System.CommandLine;
using TreasureHunt.Cli;

namespace TreasureHunt.Faults.Suites;

/// <summary>The arguments and options of <c>./hunt faults</c>.</summary>
internal sealed class SuiteOptions
{
    public Argument<string[]> Names { get; } = new("names")
    {
        Description = "names or numbers of faults; all without one",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> Short { get; } = new("--short")
    {
        Description = "the short set, which takes a few minutes; each fault lasts seconds",
    };

    public Option<int?> Seed { get; } = new("--seed") { Description = "repeats the load of the run with this seed" };

    public Option<double?> Minutes { get; } = NumberOption.Of(
        "--minutes", 0.1, 600.0,
        "Combine faults at random for this long. With names: the duration of faults whose duration is adjustable.");

    public Option<double?> Soak { get; } = NumberOption.Of(
        "--soak", 1.0, 6000.0, "Inject no fault: 1,000 claims a second for this many minutes, and report resources that grow.");

    public Option<bool> List { get; } = new("--list") { Description = "list the faults" };

    public Option<string?> Json { get; } = JsonFile.Option();

    public RootCommand CreateCommand()
    {
        var command = new RootCommand("Injects faults into servers and hosts under load, and checks the promises from outside.")
        {
            Names, Short, Seed, Minutes, Soak, List, Json,
        };
        command.Validators.Add(result =>
        {
            // Options with a default value have an implicit result.
            if (result.GetResult(Soak) is { Implicit: false } && (result.GetResult(Names)?.Tokens.Count > 0
                || new Option[] { Short, Seed, Minutes, List }.Any(option => result.GetResult(option) is { Implicit: false })))
            {
                result.AddError("--soak goes with --json only: it injects no fault, and its load is always the same.");
            }
        });
        return command;
    }
}
