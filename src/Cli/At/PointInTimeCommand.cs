using System.CommandLine;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.At;

/// <summary><c>hunt at</c>: a treasure or a hunt at a point in time, from the event store.</summary>
public static class PointInTimeCommand
{
    public static Command Create()
    {
        var moment = new Argument<string>("moment")
        {
            Description = "A sequence of the event store such as 4711, or a time such as 2026-11-24T18:00:00Z.",
        };
        var kind = new Argument<string>("kind") { Description = "treasure or hunt." };
        kind.AcceptOnlyFromAmong("treasure", "hunt");
        var id = new Argument<string>("id") { Description = "Its id." };
        id.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IdentifierRules.IsSlug(token.Value))
            {
                result.AddError($"'{token.Value}' is not an id: {IdentifierRules.SlugRule}, beginning with a letter or digit.");
            }
        });
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command("at", "Show a treasure or a hunt at a point in time, from the event store.")
        {
            moment, kind, id, json, against, operators,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = CliSettings.FromEnvironment(
                Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators));
            var path = $"/admin/at/{Uri.EscapeDataString(parsed.GetRequiredValue(moment))}/{parsed.GetRequiredValue(kind)}s"
                + $"/{parsed.GetRequiredValue(id)}";
            using var client = settings.CreateAdminClient(TimeProvider.System);
            await client.EnsureReachableAsync(cancellation);
            var state = await client.GetAsync<JsonElement>(path, cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonFile.Serialize(state));
            await JsonFile.WriteAsync(parsed.GetValue(json), state, cancellation);
            return ExitCodes.Clean;
        });
        return command;
    }
}
