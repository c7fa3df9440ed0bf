using Spectre.Console;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Cli.Demo;

/// <summary>A table of names and figures.</summary>
internal static class ReportTable
{
    /// <summary>The figure of a phase that the demo did not reach.</summary>
    public const string NotReached = "–";

    public static Table Create(string title) => new Table()
        .Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(title))).AddColumn(
            new TableColumn("").RightAligned().NoWrap());

    public static void Row(this Table table, string name, string figure, bool isBad = false) =>
        table.AddRow(new Text(name), new Text(figure, isBad ? new Style(Color.Red) : Style.Plain));

    public static void Rows(this Table table, string prefix, IReadOnlyDictionary<string, int>? counts)
    {
        foreach (var (name, count) in (counts ?? new Dictionary<string, int>()).OrderByDescending(pair => pair.Value))
        {
            table.Row(prefix + name, $"{count:N0}");
        }
    }

    public static string Number(int? value) => value is { } number ? $"{number:N0}" : NotReached;

    public static string Times(LatencySummary? times) =>
        times is null ? NotReached : $"p50 {Time(times.P50)}  p95 {Time(times.P95)}  p99 {Time(times.P99)}  max {Time(times.Max)}";

    public static string Time(double ms) => ms >= 100 ? $"{ms:N0}" : $"{ms:N1}";
}
