using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

/// <summary>Replies for which no recorded outcome is required.</summary>
public class UnrecordedClaimSpecs
{
    [Fact]
    public void A_refusal_after_a_lost_reply_is_no_finding() =>
        Assert.Empty(OfASale()
            .AwardUnsent("alice", "goose", 1)
            .Observe(ObservationOf("alice", "goose", outcome: null) with { Refused = true, Unsure = true })
            .Check().All);

    [Fact]
    public void A_claim_before_the_opening_may_be_refused_as_treasure_not_found() => Assert.Empty(OfASale()
        .Refuse("alice", "goose", -1, Reasons.HuntNotOpen).ChangeLastObservation(
            promise => promise with { Reason = Reasons.TreasureNotFound })
        .Check().All);

    [Fact]
    public void A_claim_without_a_reply_need_not_be_recorded() =>
        Assert.Empty(OfASale().Observe(ObservationOf("alice", "goose", outcome: null) with { Unsure = true }).Check().All);

    [Theory]
    [InlineData(20, true)]
    [InlineData(19, false)]
    public void A_refusal_need_not_be_recorded_after_twenty_at_missing_treasures(int recorded, bool isSound)
    {
        var feed = OfASale();
        for (var n = 0; n < recorded; n++)
        {
            feed.Refuse("alice", $"invented-{n}", n, Reasons.TreasureNotFound);
        }

        feed.Observe(ObservationOf("alice", "invented", Outcomes.Rejected) with { Accepted = true, Reason = Reasons.TooManyRefusals });

        Assert.Equal(isSound ? [] : [Invariants.NothingLost], feed.Check().All.Select(finding => finding.Invariant));
    }
}
