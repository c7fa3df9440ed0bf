using Spectre.Console;
using static TreasureHunt.Cli.Demo.ReportTable;

namespace TreasureHunt.Cli.Demo;

/// <summary>The claims of a demo by their results.</summary>
internal static class ClaimsTable
{
    public static Table Of(DemoResults results)
    {
        var table = Create("Claims");
        table.Row("sent", $"{results.Sent:N0}");
        table.Row("accepted (different claims)", $"{results.Accepted:N0}");
        table.Row("decided, by the event store", Number(results.Decided));
        table.Row("won, by the event store", Number(results.Won));
        table.Row("decided after a claim that was received later", Number(results.Inversions));
        if (results.LongestInversionMs is { } longest and > 0)
        {
            table.Row("  received later by at most, ms", Time(longest));
        }

        if (results.SoldOut is { } soldOut)
        {
            table.Row("treasures sold out", $"{soldOut:N0} of {results.Treasures:N0}");
        }

        table.Rows("rejected: ", results.Rejected);
        table.Rows("refused by the API: ", results.RefusedByProblem);
        table.Row("retried", $"{results.Retried:N0}");
        table.Rows("  because of ", results.Troubles);
        table.Row("outcome unknown to the caller", $"{results.Unknown:N0}");
        table.Row("  and to the event store", Number(results.Undecided));
        if (results.RecordedAfterDoubt > 0)
        {
            table.Row("refused after a lost response, yet recorded", Number(results.RecordedAfterDoubt));
        }

        return table;
    }
}
