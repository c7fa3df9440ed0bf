using System.CommandLine;
using TreasureHunt.Cli;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Suites;

/// <summary>The command line of <c>./hunt faults</c>.</summary>
internal static class SuiteCommand
{
    public static RootCommand Create()
    {
        var names = new Argument<string[]>(
            "names")
        { Description = "only these, by name or number; all when there are none", Arity = ArgumentArity.ZeroOrMore };
        var isShort = new Option<bool>("--short") { Description = "a set of a few minutes, each fault for seconds" };
        var seed = new Option<int?>("--seed") { Description = "makes the load the same as in another run" };
        var minutes = NumberOption.Of(
            "--minutes", 0.1, 600.0, "Compose faults at random for so long. With names: how long a fault goes on that takes a length.");
        var soak = NumberOption.Of("--soak", 1.0, 6000.0, "Break nothing: 1,000 claims a second for so many minutes, and see what grows.");
        var list = new Option<bool>("--list") { Description = "tell which faults there are" };
        var json = JsonFile.Option();
        var command = new RootCommand(
            "Breaks servers and hosts under load, and checks from the outside that every promise was kept.") { names, isShort, seed, minutes, soak, list, json };
        command.Validators.Add(result =>
        {
            // Options with a value of their own are there in any case.
            if (result.GetResult(soak) is { Implicit: false } && (result.GetResult(names)?.Tokens.Count > 0
                || new Option[] { isShort, seed, minutes, list }.Any(option => result.GetResult(option) is { Implicit: false })))
            {
                result.AddError("--soak goes with --json only: it breaks nothing, and its load is always the same.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = Choose(parsed.GetValue(names) ?? [], parsed.GetValue(isShort));
            if (parsed.GetValue(list))
            {
                foreach (var fault in chosen)
                {
                    Console.WriteLine(fault.Line);
                }

                return 0;
            }

            if (parsed.GetValue(soak) is { } soaking)
            {
                return await Soak.Run(TimeSpan.FromMinutes(soaking), parsed.GetValue(json), cancellation);
            }

            var length = parsed.GetValue(minutes) is { } span ? TimeSpan.FromMinutes(span) : (TimeSpan?)null;
            var named = parsed.GetValue(names) is { Length: > 0 };
            if (named && length is not null && chosen.FirstOrDefault(fault => !fault.TakesLength) is { } fixedLength)
            {
                throw new CliException(
                    $"{fixedLength.Name} takes no --minutes: {string.Join(", ", KnownFaults.All.Where(fault => fault.TakesLength).Select(fault => fault.Name))} does.");
            }

            var suite = new Suite(
                parsed.GetValue(seed) ?? Environment.ProcessId, parsed.GetValue(isShort), length, TimeProvider.System, Console.WriteLine);
            var rows = length is not null && !named
                ? await suite.Compose(length.Value, cancellation)
                : await suite.Run(chosen, cancellation);
            await JsonFile.WriteAsync(parsed.GetValue(json), rows, cancellation);
            Console.WriteLine($"{rows.Count(row => row.Passed)} held, {rows.Count(row => !row.Passed)} broken");
            // A suite that tried nothing has shown nothing.
            return rows.Count > 0 && rows.All(row => row.Passed) ? 0 : 1;
        });
        return command;
    }

    private static IReadOnlyList<Fault> Choose(string[] names, bool isShort)
    {
        if (names.Length == 0)
        {
            return isShort ? KnownFaults.Short : KnownFaults.All;
        }

        return [.. names.SelectMany(
            name => KnownFaults.All.Where(fault => fault.Name == name || $"{fault.Number}" == name).ToList() is { Count: > 0 } found
            ? found
            : throw new CliException($"There is no fault '{name}'; --list tells which there are."))];
    }
}
