using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using Xunit;
using static TreasureHunt.Specs.Cli.BrokenFeedExamples;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

/// <summary>The checker detects violations: for each invariant there are events that break it.</summary>
public class InvariantCheckerSpecs
{
    public static TheoryData<string> Names => [.. Invariants.All.Select(invariant => invariant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Events_that_break_an_invariant_produce_a_finding_with_its_name(string invariant) =>
        Assert.All(BrokenFeeds[invariant], feed => Assert.Contains(invariant, feed.Check().All.Select(finding => finding.Invariant)));

    [Fact]
    public void A_finding_has_its_full_count_and_a_few_examples()
    {
        var feed = OfASale();
        for (var n = 0; n < 40; n++)
        {
            feed.Observe(ObservationOf($"player-{n}", "goose", Outcomes.Won));
        }

        var finding = Assert.Single(feed.Check().All);
        Assert.Equal(40, finding.Count);
        Assert.Equal(5, finding.Examples.Count);
    }
}
