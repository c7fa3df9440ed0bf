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
        var options = new SuiteOptions();
        var command = options.CreateCommand();
        command.SetAction(async (parsed, cancellation) =>
        {
            var names = parsed.GetValue(options.Names) ?? [];
            var faults = Choose(names, parsed.GetValue(options.Short));
            if (parsed.GetValue(options.List))
            {
                foreach (var fault in faults)
                {
                    Console.WriteLine(fault.ListLine);
                }

                return 0;
            }

            if (parsed.GetValue(options.Soak) is { } soakMinutes)
            {
                return await Soak.Run(TimeSpan.FromMinutes(soakMinutes), parsed.GetValue(options.Json), cancellation);
            }

            var duration = parsed.GetValue(options.Minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
            if (names.Length > 0 && duration is not null)
            {
                RequireAdjustableDuration(faults);
            }

            var suite = new Suite(
                parsed.GetValue(options.Seed) ?? Environment.ProcessId, parsed.GetValue(options.Short), duration, TimeProvider.System,
                Console.WriteLine);
            var results = duration is not null && names.Length == 0
                ? await suite.RunCombined(duration.Value, cancellation)
                : await suite.Run(faults, cancellation);
            await JsonFile.WriteAsync(parsed.GetValue(options.Json), results, cancellation);
            Console.WriteLine($"{results.Count(result => result.Passed)} held, {results.Count(result => !result.Passed)} broken");
            // A suite without a trial has shown nothing.
            return results.Count > 0 && results.All(result => result.Passed) ? 0 : 1;
        });
        return command;
    }

    private static void RequireAdjustableDuration(IReadOnlyList<Fault> faults)
    {
        if (faults.FirstOrDefault(fault => !fault.HasAdjustableDuration) is { } fixedDuration)
        {
            var adjustable = KnownFaults.All.Where(fault => fault.HasAdjustableDuration).Select(fault => fault.Name);
            throw new CliException($"{fixedDuration.Name} does not take --minutes. Faults that take it: {string.Join(", ", adjustable)}.");
        }
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
                : throw new CliException($"There is no fault '{name}'. ./hunt faults --list prints the faults."))];
    }
}
