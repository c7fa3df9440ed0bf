using TreasureHunt.Cli;
using TreasureHunt.Cli.Demo;
using Xunit;
using static TreasureHunt.Specs.Cli.AuditedDemo;

namespace TreasureHunt.Specs.Cli;

/// <summary>The printed report of a demo run.</summary>
public class DemoReportSpecs
{
    [Fact]
    public void Unaudited_results_are_null_instead_of_zero()
    {
        var results = DemoResults.Of(NewState(), Settings, Options);

        Assert.Equal((null, null, null, null), (results.Decided, results.DoubleWinners, results.LostClaims, results.ReadModelDifferences));
        Assert.False(results.Clean);
        Assert.Contains("nothing was proved", Print(results), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_names_the_broken_invariant_and_the_site()
    {
        var report = Print(
            DemoResults.Of(Audited(FabricatedFeed.OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2)), Settings, Options));

        Assert.Contains("no unit has two winners, no claim wins twice", report, StringComparison.Ordinal);
        Assert.Contains("BROKEN 2 times", report, StringComparison.Ordinal);
        Assert.Contains("bob won when all 1 units were taken", report, StringComparison.Ordinal);
        Assert.Contains("The audit is NOT clean.", report, StringComparison.Ordinal);
        Assert.Contains("The site: http://127.0.0.1:8080/?hunt=sale", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_a_redirected_report_are_as_long_as_their_content()
    {
        var report = Print(DemoResults.Of(Audited(FabricatedFeed.OfASale().Award("alice", "goose", 1)), Settings, Options));

        Assert.All(report.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
    }

    private static string Print(DemoResults results)
    {
        using var output = new StringWriter();
        Report.Write(CliConsole.Create(output, isRedirected: true), results);
        return output.ToString();
    }
}
