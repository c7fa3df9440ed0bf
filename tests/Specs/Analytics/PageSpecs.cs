using TreasureHunt.Contracts;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>Consumers are written after docs/analytics.md.</summary>
public class PageSpecs
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/analytics.md"));

    [Fact]
    public void The_consumer_that_the_page_shows_is_the_one_that_is_tested()
    {
        var shown = Page.Split("```csharp\n")[1].Split("```")[0];
        var tested = File.ReadAllText(Repository.PathOf("tests/Integration/Analytics/SampleConsumer.cs"));

        Assert.Contains(Unindented(shown), Unindented(tested), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_the_exchange_and_the_stream()
    {
        Assert.Contains($"`{BusNames.Events}`", Page, StringComparison.Ordinal);
        Assert.Contains($"`{BusNames.EventsLog}`", Page, StringComparison.Ordinal);
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.TrimStart()));
}
