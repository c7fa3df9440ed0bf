using System.CommandLine;
using System.Globalization;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;

namespace TreasureHunt.Cli.Errors;

/// <summary>A queue and its dead letters, as the engine tells of them.</summary>
public sealed record QueueErrors(string Queue, long Count, IReadOnlyDictionary<string, int> Reasons);

/// <summary>A message that could not be processed.</summary>
public sealed record DeadLetterRow(string Id, string Reason, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>How many messages were moved or dropped.</summary>
public sealed record MovedErrors(string Queue, int Count);

/// <summary><c>hunt errors</c>: messages that could not be processed.</summary>
public static class ErrorsCommand
{
    public static Command Create() => new("errors", "List, show, retry or drop messages that could not be processed (dead letters).")
    {
        List(),
        Show(),
        Move("retry", "Move dead letters back to their queue. One that was processed meanwhile counts once.", "moved back to", asks: false),
        Move("drop", "Delete dead letters for good.", "dropped from", asks: true),
    };

    private static Command List()
    {
        var (json, against) = (JsonFile.Option(), CliSettings.AgainstOption());
        var command = new Command(
            "list", "Every queue with the number of its dead letters, and why. Example: hunt errors list") { json, against };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, against, async desk =>
        {
            var queues = await desk.GetAsync<List<QueueErrors>>("/admin/errors", cancellation);
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

    private static Command Show()
    {
        var (queue, json, against) = (Queue(), JsonFile.Option(), CliSettings.AgainstOption());
        var count = NumberOption.Of("--count", 1, 100, "How many.", 10);
        var command = new Command(
            "show", "The first dead letters of a queue: id, reason, headers, body. Proofs are masked. Example: hunt errors show claims-0 --count 5") { queue, count, json, against };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, against, async desk =>
        {
            var letters = await desk.GetAsync<List<DeadLetterRow>>(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/admin/errors/{Uri.EscapeDataString(parsed.GetRequiredValue(queue))}?count={parsed.GetValue(count) ?? 10}"),
                    cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonFile.Serialize(letters));
            await JsonFile.WriteAsync(parsed.GetValue(json), letters, cancellation);
            return ExitCodes.Clean;
        }));
        return command;
    }

    private static Command Move(string verb, string description, string done, bool asks)
    {
        var (queue, json, against) = (Queue(), JsonFile.Option(), CliSettings.AgainstOption());
        var id = new Option<string?>("--id") { Description = "One message, by the id that show prints.", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "All that are there now." };
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
                result.AddError("Either --id or --all says which messages.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(parsed, against, async desk =>
        {
            var name = parsed.GetRequiredValue(queue);
            var which = parsed.GetValue(id) is { } one ? $"message {one}" : "all messages";
            if (asks && !parsed.GetValue(yes) && !Confirms($"Delete {which} of {name} for good?"))
            {
                throw new CliException("Nothing was deleted. --yes deletes without asking.");
            }

            var moved =
                await desk.AskAsync<MovedErrors>(
                    $"/admin/errors/{Uri.EscapeDataString(name)}/{verb}", new { id = parsed.GetValue(id), all = parsed.GetValue(all) },
                    cancellation);
            var (line, code) = await ToldAsync(desk, moved, done, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
            await JsonFile.WriteAsync(parsed.GetValue(json), moved, cancellation);
            return code;
        }));
        return command;
    }

    /// <summary>What a move came to. Nothing moved is right only where there was nothing to move.</summary>
    public static async Task<(string Line, int ExitCode)> ToldAsync(
        AdminApiClient desk, MovedErrors moved, string done, CancellationToken cancellationToken)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{moved.Count:N0} {done} {moved.Queue}");
        if (moved.Count > 0)
        {
            return (line, ExitCodes.Clean);
        }

        var left =
            (await desk.GetAsync<List<QueueErrors>>("/admin/errors", cancellationToken)).Find(queue => queue.Queue == moved.Queue)?.Count
                ?? 0;
        return left == 0
            ? ($"{line}: it has no dead letters", ExitCodes.Clean)
            : (string.Create(CultureInfo.InvariantCulture, $"{line}: it still has {left:N0} dead letters"), ExitCodes.NotClean);
    }

    private static Argument<string> Queue() => new("queue") { Description = "claims-intake, admin-commands, or claims-0 and so on." };

    private static bool Confirms(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return !Console.IsInputRedirected && Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static async Task<int> RunAsync(ParseResult parsed, Option<string?> against, Func<AdminApiClient, Task<int>> run)
    {
        var settings = CliSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against));
        using var desk = new AdminApiClient(
            settings.Url, settings.Operators, () => new Tokens(settings, TimeProvider.System).Admin(), TimeProvider.System);
        return await run(desk);
    }
}
