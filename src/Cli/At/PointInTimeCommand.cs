using System.CommandLine;
using System.Text.Json;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.At;

/// <summary><c>hunt at</c>: what the log said of a treasure or a hunt at some moment.</summary>
public static class PointInTimeCommand
{
    public static Command Create()
    {
        var moment = new Argument<string>(
            "moment")
        { Description = "A sequence of the log such as 4711, or a time such as 2026-11-24T18:00:00Z." };
        var kind = new Argument<string>("kind") { Description = "treasure or hunt." };
        kind.AcceptOnlyFromAmong("treasure", "hunt");
        var id = new Argument<string>("id") { Description = "Its id." };
        id.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IdentifierRules.IsSlug(token.Value))
            {
                result.AddError($"'{token.Value}' is no id: 1 to 64 characters of a-z 0-9 -, beginning with a letter or digit.");
            }
        });
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "at", "Show a treasure or a hunt as it was at some moment, from the event store.") { moment, kind, id, json, against, operators };
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = CliSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators));
            using var desk = new AdminApiClient(
                settings.Url, settings.Operators, () => new Tokens(settings, TimeProvider.System).Admin(), TimeProvider.System);
            await desk.EnsureReachableAsync(cancellation);
            var state = await desk.GetAsync<JsonElement>(
                $"/admin/at/{Uri.EscapeDataString(parsed.GetRequiredValue(moment))}/{parsed.GetRequiredValue(kind)}s/{parsed.GetRequiredValue(id)}", cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonFile.Serialize(state));
            await JsonFile.WriteAsync(parsed.GetValue(json), state, cancellation);
            return ExitCodes.Clean;
        });
        return command;
    }
}
