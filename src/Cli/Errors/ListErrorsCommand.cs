using System.CommandLine;
using System.Globalization;

namespace TreasureHunt.Cli.Errors;

/// <summary><c>hunt errors list</c>.</summary>
internal static class ListErrorsCommand
{
    public static Command Create()
    {
        var (json, against) = (JsonFile.Option(), CliSettings.AgainstOption());
        var command = new Command(
            "list", "Every queue with the number of its dead letters and their reasons. Example: hunt errors list") { json, against };
        command.SetAction((parsed, cancellation) => ErrorsCommand.RunAsync(parsed, against, async client =>
        {
            var queues = await client.GetAsync<List<QueueErrors>>("/admin/errors", cancellation);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var queue in queues)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{queue.Queue,-16} {queue.Count,8:N0}"));
                foreach (var (reason, count) in queue.Reasons.OrderByDescending(reason => reason.Value))
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{"",-16} {count,8:N0}  {reason}"));
                }
            }

            await JsonFile.WriteAsync(parsed.GetValue(json), queues, cancellation);
            return ExitCodes.Clean;
        }));
        return command;
    }
}
