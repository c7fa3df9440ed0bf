using System.Globalization;
using Spectre.Console;

namespace TreasureHunt.Cli.Audit;

/// <summary>Shows the engine's own audit.</summary>
public static class AuditTable
{
    public static Table Of(AuditResponse audit)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("hunt").NoWrap()).AddColumn("result");
        foreach (var hunt in audit.Hunts)
        {
            table.AddRow(
                new Text(hunt.HuntId),
                new Rows(
                    [new Text(hunt.Clean ? "clean" : "NOT CLEAN", new Style(hunt.Clean ? Color.Green : Color.Red)), .. Lines(hunt).Select(
                        line => new Text(line))]));
        }

        return table;
    }

    private static IEnumerable<string> Lines(HuntAudit hunt)
    {
        yield return $"{hunt.Events:N0} events, {hunt.Treasures:N0} treasures; {hunt.Decided:N0} claims decided: "
            + $"{hunt.Won:N0} won ({hunt.Revoked:N0} revoked), {hunt.Rejected:N0} rejected";
        yield return $"double winners {hunt.DoubleWinners}, over stock {hunt.OverStock}, over limits {hunt.LimitViolations}, "
            + $"duplicate outcomes {hunt.DuplicateOutcomes}, version gaps {hunt.VersionHoles}";
        yield return hunt.Inversions == 0
            ? "no claim was decided after a claim that was received later"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{hunt.Inversions:N0} claims were decided after a claim that was received up to {hunt.LongestInversionMs:N3} ms later");
        if (hunt.Compared == 0)
        {
            yield return "no read model was compared: this audit proves nothing about them";
        }

        foreach (var model in hunt.ReadModels)
        {
            yield return $"read model {model.Name}: {model.Compared:N0} compared, {model.Differences:N0} different"
                + (model.Isolated > 0 ? $", {model.Isolated:N0} isolated" : "");
            foreach (var example in model.Examples ?? [])
            {
                yield return $"    {example}";
            }
        }
    }
}
