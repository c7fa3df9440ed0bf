using System.CommandLine;
using System.Globalization;

namespace TreasureHunt.Cli.Errors;

/// <summary><c>hunt errors show</c>.</summary>
internal static class ShowErrorsCommand
{
    private const int DefaultCount = 10;

    public static Command Create()
    {
        var (queue, json, against) = (ErrorsCommand.QueueArgument(), JsonFile.Option(), CliSettings.AgainstOption());
        var count = NumberOption.Of("--count", 1, 100, "How many.", DefaultCount);
        var command = new Command(
            "show",
            "The first dead letters of a queue: id, reason, headers, body. Proofs are masked. "
            + "Example: hunt errors show claims-0 --count 5")
        { queue, count, json, against };
        command.SetAction((parsed, cancellation) => ErrorsCommand.RunAsync(parsed, against, async client =>
        {
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"/admin/errors/{Uri.EscapeDataString(parsed.GetRequiredValue(queue))}?count={parsed.GetValue(count) ?? DefaultCount}");
            var letters = await client.GetAsync<List<DeadLetterRow>>(path, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonFile.Serialize(letters));
            await JsonFile.WriteAsync(parsed.GetValue(json), letters, cancellation);
            return ExitCodes.Clean;
        }));
        return command;
    }
}
