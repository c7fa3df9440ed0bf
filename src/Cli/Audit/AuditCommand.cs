using System.CommandLine;
using Spectre.Console;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Audit;

/// <summary><c>hunt audit</c>: requests the engine's own audit of its event store and its read models.</summary>
public static class AuditCommand
{
    public static Command Create()
    {
        var hunt = new Option<string?>("--hunt") { Description = "Audit this hunt only. Default: all hunts.", HelpName = "id" };
        hunt.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IdentifierRules.IsSlug(token.Value))
            {
                result.AddError($"'{token.Value}' is not a hunt id: {IdentifierRules.SlugRule}, beginning with a letter or digit.");
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
                CliSettings.FromEnvironment(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators)),
                cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? huntId, string? json, CliSettings settings, CancellationToken cancellationToken)
    {
        using var client = settings.CreateAdminClient(TimeProvider.System);
        await client.EnsureReachableAsync(cancellationToken);
        var audit =
            await client.GetAsync<AuditResponse>(huntId is null ? "/admin/audit" : $"/admin/audit?huntId={huntId}", cancellationToken);
        if (audit.Hunts.Count == 0)
        {
            throw new CliException(
                huntId is null ? "The engine has no hunt yet: nothing was audited." : $"The engine has no hunt {huntId}.");
        }

        CliConsole.Standard.Write(AuditTable.Of(audit));
        await JsonFile.WriteAsync(json, audit, cancellationToken);
        return audit.Hunts.All(hunt => hunt.Clean) ? ExitCodes.Clean : ExitCodes.NotClean;
    }
}
