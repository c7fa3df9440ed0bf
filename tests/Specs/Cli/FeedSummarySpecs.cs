using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

public class FeedSummarySpecs
{
    [Fact]
    public void The_summary_counts_the_events()
    {
        var feed = OfASale()
            .Award("alice", "goose", 1)
            .Award("bob", "goose", 2)
            .Revoke("bob", "goose", 3)
            .Award("alice", "fox", 4)
            .Refuse("bob", "fox", 5, Reasons.TreasureExhausted)
            .Refuse("carol", "fox", 6, Reasons.TreasureExhausted);

        var summary = Summarize(feed);

        Assert.Equal((5, 3), (summary.Decided, summary.Won));
        Assert.Equal((3, 1, 12), (summary.Treasures, summary.SoldOut, summary.Units));
        Assert.Equal([new(Reasons.TreasureExhausted, 2)], summary.RejectedByReason);
        Assert.True(summary.Contains(ClaimId("carol", "fox")));
        Assert.False(summary.Contains(ClaimId("carol", "goose")));
    }

    [Fact]
    public void Three_thousand_treasures_with_a_million_units_each_are_counted()
    {
        var feed = OfASale();
        for (var n = 0; n < 3_000; n++)
        {
            feed.Write(-5, StreamNames.Treasure($"t{n}"), new TreasureHidden($"t{n}", Hunt, At(-5), "T", 1_000_000, 1, null, []));
        }

        Assert.Equal(3_000_000_012, Summarize(feed).Units);
    }

    [Fact]
    public void The_rate_is_computed_from_the_recorded_times_of_the_timed_claims()
    {
        var feed = OfASale().Award("alice", "goose", 1).Award("bob", "goose", 2).Award("carol", "fox", 4.9).Refuse(
            "dave", "fox", 90, Reasons.HuntPaused);

        var summary = Summarize(
            feed, [ClaimId("alice", "goose"), ClaimId("bob", "goose"), ClaimId("carol", "fox"), ClaimId("erin", "fox")]);

        Assert.Equal(TimeSpan.FromSeconds(4), summary.Span);
        Assert.Equal(0.75, summary.DecidedPerSecond, 6);
    }

    [Fact]
    public void Without_decisions_the_rate_is_zero() => Assert.Equal(0, Summarize(OfASale()).DecidedPerSecond);

    [Fact]
    public void An_inversion_is_a_claim_decided_after_a_claim_of_the_same_treasure_that_was_received_later()
    {
        var summary = Summarize(
            OfASale().Award("alice", "goose", 5).Award("bob", "goose", 3).Refuse("carol", "goose", 4.5, Reasons.TreasureExhausted)
                .Refuse("dave", "goose", 6, Reasons.TreasureExhausted).Award("erin", "fox", 1));

        Assert.Equal((2, TimeSpan.FromSeconds(2)), (summary.Inversions, summary.LongestInversion));
    }

    private static FeedSummary Summarize(FabricatedFeed feed, params Guid[] timed)
    {
        var summary = new FeedSummary(timed.ToHashSet());
        feed.Entries.ForEach(summary.Observe);
        return summary;
    }
}
