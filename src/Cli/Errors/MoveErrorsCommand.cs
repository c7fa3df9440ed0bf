using System.CommandLine;
using System.Globalization;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Cli.Errors;

/// <summary><c>hunt errors retry</c> and <c>hunt errors drop</c>.</summary>
public static class MoveErrorsCommand
{
    /// <param name="done">What happened to the messages, before the name of their queue.</param>
    /// <param name="asks">Whether the command asks before it moves anything.</param>
    public static Command Create(string verb, string description, string done, bool asks)
    {
        var (queue, json, against) = (ErrorsCommand.QueueArgument(), JsonFile.Option(), CliSettings.AgainstOption());
        var id = new Option<string?>("--id") { Description = "One message, by the id that show prints.", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "All current messages of the queue." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command(verb, $"{description} Example: hunt errors {verb} claims-0 --all") { queue, id, all, json, against };
        if (asks)
        {
            command.Options.Add(yes);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null != result.GetValue(all))
            {
                result.AddError("Name the messages by either --id or --all.");
            }
        });
        command.SetAction((parsed, cancellation) => ErrorsCommand.RunAsync(parsed, against, async client =>
        {
            var name = parsed.GetRequiredValue(queue);
            var messages = parsed.GetValue(id) is { } one ? $"message {one}" : "all messages";
            if (asks && !parsed.GetValue(yes) && !Confirms($"Delete {messages} of {name} for good?"))
            {
                throw new CliException("Nothing was deleted. --yes deletes without asking.");
            }

            var moved = await client.PostOnceAsync<MovedErrors>(
                $"/admin/errors/{Uri.EscapeDataString(name)}/{verb}", new { id = parsed.GetValue(id), all = parsed.GetValue(all) },
                cancellation);
            var (line, code) = await DescribeMoveAsync(client, moved, done, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
            await JsonFile.WriteAsync(parsed.GetValue(json), moved, cancellation);
            return code;
        }));
        return command;
    }

    /// <summary>Describes the result of a move. To move nothing is a success only when the queue has no dead letters.</summary>
    public static async Task<(string Line, int ExitCode)> DescribeMoveAsync(
        AdminApiClient client, MovedErrors moved, string done, CancellationToken cancellationToken)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{moved.Count:N0} {done} {moved.Queue}");
        if (moved.Count > 0)
        {
            return (line, ExitCodes.Clean);
        }

        var queues = await client.GetAsync<List<QueueErrors>>("/admin/errors", cancellationToken);
        var left = queues.Find(queue => queue.Queue == moved.Queue)?.Count ?? 0;
        return left == 0
            ? ($"{line}: it has no dead letters", ExitCodes.Clean)
            : (string.Create(CultureInfo.InvariantCulture, $"{line}: it still has {left:N0} dead letters"), ExitCodes.NotClean);
    }

    private static bool Confirms(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return !Console.IsInputRedirected && Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
