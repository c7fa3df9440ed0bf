using TreasureHunt.Contracts;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>Consumers are written after docs/analytics.md.</summary>
public class PageSpecs
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/analytics.md"));

    [Fact]
    public void The_page_names_the_exchange_and_the_stream()
    {
        Assert.Contains($"`{BusNames.Events}`", Page, StringComparison.Ordinal);
        Assert.Contains($"`{BusNames.EventsLog}`", Page, StringComparison.Ordinal);
    }
}
