using System.CommandLine;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Cli.Errors;

/// <summary><c>hunt errors</c>: messages that could not be processed.</summary>
public static class ErrorsCommand
{
    public static Command Create() => new("errors", "List, show, retry or drop messages that could not be processed (dead letters).")
    {
        ListErrorsCommand.Create(),
        ShowErrorsCommand.Create(),
        MoveErrorsCommand.Create(
            "retry", "Move dead letters back to their queue. A message that was processed meanwhile counts once.", "moved back to",
            asks: false),
        MoveErrorsCommand.Create("drop", "Delete dead letters for good.", "dropped from", asks: true),
    };

    internal static Argument<string> QueueArgument() =>
        new("queue") { Description = "claims-intake, admin-commands, or claims-0 and so on." };

    internal static async Task<int> RunAsync(ParseResult parsed, Option<string?> against, Func<AdminApiClient, Task<int>> run)
    {
        var settings = CliSettings.FromEnvironment(Environment.GetEnvironmentVariable, parsed.GetValue(against));
        using var client = settings.CreateAdminClient(TimeProvider.System);
        return await run(client);
    }
}
