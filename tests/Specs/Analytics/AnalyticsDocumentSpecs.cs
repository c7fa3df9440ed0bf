using TreasureHunt.Contracts;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The names in docs/analytics.md are those of the code.</summary>
public class AnalyticsDocumentSpecs
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/analytics.md"));

    [Fact]
    public void The_document_names_the_exchange_and_the_stream()
    {
        Assert.Contains($"`{BusNames.Events}`", Document, StringComparison.Ordinal);
        Assert.Contains($"`{BusNames.EventsStream}`", Document, StringComparison.Ordinal);
    }
}
