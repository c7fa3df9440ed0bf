using Spectre.Console;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>Prints a run's figures.</summary>
public static class Report
{
    private const string NotReached = "–";

    public static void Write(IAnsiConsole console, DemoResults figures)
    {
        console.Write(Pace(figures));
        console.Write(Claims(figures));
        if (figures.EngineAudit is { } audit)
        {
            console.Write(Rules(figures));
            console.Write(AuditTable.Of(new AuditResponse(0, audit)));
        }

        console.MarkupLine((figures.Complete, figures.Clean) switch
        {
            (false, _) => "[yellow]Not finished: nothing was proved.[/]",
            (_, true) => "[green]The audit is clean.[/]",
            _ => "[red]The audit is NOT clean.[/]",
        });
        console.WriteLine($"The site: {figures.Site}");
    }

    private static Table Pace(DemoResults figures)
    {
        var table = Sheet("Pace");
        Row(table, "decided per second", figures.DecidedPerSecond is { } pace ? $"{pace:N0}" : NotReached);
        Row(table, "storm, seconds", $"{figures.Seconds:N1}");
        Row(table, "  load generator, CPU seconds", $"{figures.GeneratorCpuSeconds:N1}");
        Row(table, "outcome, ms", Times(figures.OutcomeMs));
        Row(table, "refusal at the door, ms", Times(figures.RefusalMs));
        Row(table, "quiet caller's outcome, ms", Times(figures.IdleOutcomeMs));
        if (figures.IdleMismatches > 0)
        {
            Row(table, "  looks that differed", Number(figures.IdleMismatches), bad: true);
        }

        if (figures.IdleWithoutOutcome > 0)
        {
            Row(table, "  no outcome in one call", Number(figures.IdleWithoutOutcome), bad: true);
        }

        if (figures.Batches is { } batches)
        {
            Row(table, "claims decided together", $"p50 {batches.P50:N0}  p99 {batches.P99:N0}  max {batches.Max:N0}");
        }

        if (figures.Watchers is { } watchers)
        {
            Row(table, "clients of the stream on the final state", $"{Number(figures.WatchersOnFinalState)} of {watchers:N0}", bad: figures.WatchersOnFinalState < watchers);
            Row(table, "  connections lost", Number(figures.WatchersLost));
            Row(table, "  growth of the Api's working set for each, bytes", figures.BytesPerWatcher is { } bytes
                ? $"{bytes:N0}" : NotReached);
        }

        foreach (var model in figures.ReadModels ?? [])
        {
            Row(table, $"projection lag of {model.Name}, ms", model.LagMs is { } lag
                ? $"p50 {Time(lag.P50)}  p99 {Time(lag.P99)}" : NotReached);
        }

        return table;
    }

    private static Table Claims(DemoResults figures)
    {
        var table = Sheet("Claims");
        Row(table, "sent", $"{figures.Sent:N0}");
        Row(table, "accepted (different claims)", $"{figures.Accepted:N0}");
        Row(table, "decided, by the log", Number(figures.Decided));
        Row(table, "won, by the log", Number(figures.Won));
        if (figures.SoldOut is { } soldOut)
        {
            Row(table, "treasures sold out", $"{soldOut:N0} of {figures.Treasures:N0}");
        }

        Rows(table, "rejected: ", figures.Rejected);
        Rows(table, "refused at the door: ", figures.RefusedAtTheDoor);
        Row(table, "retried", $"{figures.Retried:N0}");
        Rows(table, "  because of ", figures.Troubles);
        Row(table, "outcome unknown to the caller", $"{figures.Unknown:N0}");
        Row(table, "  and to the log", Number(figures.Undecided));
        if (figures.RecordedAfterDoubt > 0)
        {
            Row(table, "refused after a lost answer, yet recorded", Number(figures.RecordedAfterDoubt));
        }

        return table;
    }

    private static Table Rules(DemoResults figures)
    {
        var table = Sheet("The log, held against what the callers were told");
        var findings = (figures.Findings ?? []).ToLookup(finding => finding.Invariant);
        foreach (var (name, rule) in Invariants.All)
        {
            Row(table, rule, findings[name].Any()
                ? $"BROKEN {findings[name].Sum(finding => finding.Count):N0} times" : "holds", findings[name].Any());
        }

        foreach (var finding in figures.Findings ?? [])
        {
            foreach (var example in finding.Examples)
            {
                Row(table, $"  {example}", finding.Invariant, bad: true);
            }
        }

        Row(table, "the read models have caught up", figures.CaughtUp is true ? "holds" : "BROKEN", figures.CaughtUp is not true);
        return table;
    }

    private static Table Sheet(string title) => new Table()
        .Border(TableBorder.Simple).Expand().AddColumn(new TableColumn(new Text(title))).AddColumn(
            new TableColumn("").RightAligned().NoWrap());

    private static void Row(Table table, string name, string figure, bool bad = false) =>
        table.AddRow(new Text(name), new Text(figure, bad ? new Style(Color.Red) : Style.Plain));

    private static void Rows(Table table, string prefix, IReadOnlyDictionary<string, int>? counts)
    {
        foreach (var (name, count) in (counts ?? new Dictionary<string, int>()).OrderByDescending(pair => pair.Value))
        {
            Row(table, prefix + name, $"{count:N0}");
        }
    }

    private static string Number(int? value) => value is { } number ? $"{number:N0}" : NotReached;

    private static string Times(Percentiles? times) =>
        times is null ? NotReached : $"p50 {Time(times.P50)}  p95 {Time(times.P95)}  p99 {Time(times.P99)}  max {Time(times.Max)}";

    private static string Time(double ms) => ms >= 100 ? $"{ms:N0}" : $"{ms:N1}";
}
