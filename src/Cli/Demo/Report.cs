using Spectre.Console;
using TreasureHunt.Cli.Audit;

namespace TreasureHunt.Cli.Demo;

/// <summary>Prints the results of a demo.</summary>
public static class Report
{
    public static void Write(IAnsiConsole console, DemoResults results)
    {
        console.Write(PaceTable.Of(results));
        console.Write(ClaimsTable.Of(results));
        if (results.EngineAudit is { } audit)
        {
            console.Write(InvariantsTable.Of(results));
            console.Write(AuditTable.Of(new AuditResponse(0, audit)));
        }

        console.MarkupLine((results.Complete, results.Clean) switch
        {
            (false, _) => "[yellow]Not finished: nothing was proved.[/]",
            (_, true) => "[green]The audit is clean.[/]",
            _ => "[red]The audit is NOT clean.[/]",
        });
        console.WriteLine($"The site: {results.Site}");
    }
}
