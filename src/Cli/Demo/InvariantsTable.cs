using Spectre.Console;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Cli.Demo;

/// <summary>The result of each invariant.</summary>
internal static class InvariantsTable
{
    public static Table Of(DemoResults results)
    {
        var table = ReportTable.Create("The recorded events, compared with the responses to the callers");
        var findings = (results.Findings ?? []).ToLookup(finding => finding.Invariant);
        foreach (var (name, rule) in Invariants.All)
        {
            var isBroken = findings[name].Any();
            table.Row(rule, isBroken ? $"BROKEN {findings[name].Sum(finding => finding.Count):N0} times" : "holds", isBroken);
        }

        foreach (var finding in results.Findings ?? [])
        {
            foreach (var example in finding.Examples)
            {
                table.Row($"  {example}", finding.Invariant, isBad: true);
            }
        }

        table.Row("the read models have caught up", results.CaughtUp is true ? "holds" : "BROKEN", results.CaughtUp is not true);
        return table;
    }
}
