using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.VisibilityExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>The times from which a hunt and its treasures are public.</summary>
public class HuntVisibilitySpecs
{
    [Fact]
    public void A_draft_is_never_public() => Assert.Equal(("never", "never"), FirstPublicTimes(Announced));

    [Fact]
    public void A_scheduled_hunt_is_public_when_it_opens() =>
        Assert.Equal(("18:00", "18:00"), FirstPublicTimes(Draft.Apply(new HuntScheduled("sale", At("12:00")))));

    [Fact]
    public void An_announced_hunt_is_public_before_its_treasures_are() =>
        Assert.Equal(("16:00", "18:00"), FirstPublicTimes(Announced.Apply(new HuntScheduled("sale", At("12:00")))));

    [Fact]
    public void A_hunt_opened_before_its_announcement_is_public_immediately() =>
        Assert.Equal(("13:00", "13:00"), FirstPublicTimes(Announced.Apply(new HuntOpened("sale", At("13:00")))));

    [Fact]
    public void A_draft_that_is_opened_late_was_not_public_before() =>
        Assert.Equal(("19:00", "19:00"), FirstPublicTimes(Draft.Apply(new HuntScheduled("sale", At("19:00")))));

    [Fact]
    public void Treasures_are_never_public_before_their_hunt_and_claims_never_win_before_that() => Gen.Int[0, 24 * 60].Sample(minute =>
    {
        var at = At("00:00").AddMinutes(minute);
        Assert.All(
            (HuntWindow[])[
                Draft, Announced, Announced.Apply(new HuntScheduled("sale", At("12:00"))),
                Announced.Apply(new HuntOpened("sale", At("13:00")))], window =>
        {
            Assert.True(window.IsPublicAt(at) || !window.HasOpenedAt(at));
            Assert.True(window.HasOpenedAt(at) || window.RefusalAt(at) is not null);
        });
    });
}
