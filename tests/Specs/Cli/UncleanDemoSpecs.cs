using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Http;
using Xunit;
using static TreasureHunt.Specs.Cli.AuditedDemo;

namespace TreasureHunt.Specs.Cli;

/// <summary>Runs that are not clean.</summary>
public class UncleanDemoSpecs
{
    [Fact]
    public void A_run_whose_events_break_an_invariant_is_not_clean()
    {
        var results = DemoResults.Of(Audited(FabricatedFeed.OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2)), Settings, Options);

        Assert.False(results.Clean);
        Assert.Equal(2, results.DoubleWinners); // Both hunts have the same events.
    }

    [Fact]
    public void A_run_with_read_model_differences_is_not_clean()
    {
        var feed = FabricatedFeed.OfASale().Award("alice", "goose", 1);
        var results = DemoResults.Of(Audited(feed, Sound with { ReadModelDifferences = 3 }), Settings, Options);

        Assert.False(results.Clean);
        Assert.Equal(6, results.ReadModelDifferences);
    }

    [Fact]
    public void An_audit_that_compared_nothing_is_not_clean() =>
        Assert.False(
            DemoResults.Of(
                Audited(FabricatedFeed.OfASale().Award(
                    "alice", "goose", 1), Sound with { ReadModels = [new ReadModelAudit("treasures", 0, 0)] }), Settings, Options).Clean);

    [Fact]
    public void A_run_with_an_unknown_outcome_is_not_clean()
    {
        var feed = FabricatedFeed.OfASale().Award("alice", "goose", 1).Observe(
            FabricatedFeed.ObservationOf("bob", "goose", outcome: null) with { Unsure = true });

        Assert.False(DemoResults.Of(Audited(feed), Settings, Options).Clean);
    }

    [Fact]
    public void A_run_without_decisions_is_not_clean() =>
        Assert.False(DemoResults.Of(Audited(FabricatedFeed.OfASale()), Settings, Options).Clean);

    [Fact]
    public void A_run_with_an_unexpected_refusal_is_not_clean()
    {
        var state = Audited(FabricatedFeed.OfASale().Award("alice", "goose", 1));
        state.Tally.Refuse(new ClaimReply(ClaimReplyKind.Refused, "unauthenticated"), TimeSpan.FromMilliseconds(1));

        Assert.False(DemoResults.Of(state, Settings, Options).Clean);
    }
}
