using System.CommandLine;
using Spectre.Console;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Audit;

/// <summary><c>hunt audit</c>: has the engine hold its event store and its read models against each other.</summary>
public static class AuditCommand
{
    public static Command Create()
    {
        var hunt = new Option<string?>("--hunt") { Description = "Audit this hunt only. Default: all hunts.", HelpName = "id" };
        hunt.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IdentifierRules.IsSlug(token.Value))
            {
                result.AddError($"'{token.Value}' is no hunt id: 1 to 64 characters of a-z 0-9 -, beginning with a letter or digit.");
            }
        });
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "audit",
            "Check the event store and the read models. Exit code 0 only when everything is clean.") { hunt, json, against, operators };
        command.SetAction((parsed, cancellation) =>
            RunAsync(
                parsed.GetValue(hunt), parsed.GetValue(json),
                CliSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? huntId, string? json, CliSettings settings, CancellationToken cancellationToken)
    {
        using var desk = new AdminApiClient(
            settings.Url, settings.Operators, () => new Tokens(settings, TimeProvider.System).Admin(), TimeProvider.System);
        await desk.EnsureReachableAsync(cancellationToken);
        var audit =
            await desk.GetAsync<AuditResponse>(huntId is null ? "/admin/audit" : $"/admin/audit?huntId={huntId}", cancellationToken);
        if (audit.Hunts.Count == 0)
        {
            throw new CliException(huntId is null ? "There is no hunt yet: nothing was audited." : $"There is no hunt {huntId}.");
        }

        AnsiConsole.Write(AuditTable.Of(audit));
        await JsonFile.WriteAsync(json, audit, cancellationToken);
        return audit.Hunts.All(hunt => hunt.Clean) ? ExitCodes.Clean : ExitCodes.NotClean;
    }
}
