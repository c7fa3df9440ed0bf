using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

/// <summary>Event feeds without findings.</summary>
public class CorrectFeedSpecs
{
    [Fact]
    public void Correct_events_have_no_findings()
    {
        var feed = OfASale()
            .Award("alice", "goose", 1)
            .Refuse("alice", "goose", 2, Reasons.AlreadyClaimed, "another-key")
            .Award("alice", "hen", 3)
            .Refuse("alice", "hen", 4, Reasons.PlayerLimitReached, "another-key")
            .Refuse("bob", "fox", 5, Reasons.ProofWrong)
            .ChangeLastObservation(promise => promise with { ProofRight = false })
            .Award("bob", "goose", 6)
            .Refuse("carol", "goose", 7, Reasons.TreasureExhausted)
            .Write(8, "hunt-sale", new HuntPaused(Hunt, At(8)))
            .Refuse("carol", "hen", 9, Reasons.HuntPaused)
            .Write(10, "hunt-sale", new HuntResumed(Hunt, At(10)))
            .Award("carol", "hen", 11, "another-key");

        Assert.Empty(feed.Check().All);
    }

    [Fact]
    public void A_revoked_unit_can_be_won_again_and_leaves_room_within_the_limits()
    {
        var feed = OfASale()
            .Award("alice", "fox", 1)
            .Revoke("alice", "fox", 2)
            .Award("bob", "fox", 3)
            .Revoke("bob", "fox", 4)
            .Award("alice", "fox", 5, "another-key");

        Assert.Empty(feed.Check().All);
    }

    [Fact]
    public void Restocked_units_can_be_won()
    {
        var feed = OfASale().Award("alice", "fox", 1).Write(2, "treasure-fox", new TreasureRestocked("fox", At(2), 1)).Award(
            "bob", "fox", 3);

        Assert.Empty(feed.Check().All);
    }

    [Fact]
    public void A_claim_accepted_before_a_pause_may_win_after_it() =>
        Assert.Empty(OfASale()
            .Write(5, "hunt-sale", new HuntPaused(Hunt, At(5)))
            .Award("alice", "goose", 4)
            .Check().All);
}
