using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.VisibilityExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>The visibility of a hunt that was cancelled, closed or paused.</summary>
public class CancelledHuntVisibilitySpecs
{
    [Theory]
    [InlineData("15:59", "never", "never")]
    [InlineData("16:00", "never", "never")]
    [InlineData("16:01", "16:00", "never")]
    [InlineData("18:01", "16:00", "18:00")]
    public void A_cancellation_does_not_change_the_visibility(
        string cancelled, string hunt, string treasures) =>
        Assert.Equal(
            (hunt, treasures),
            FirstPublicTimes(Announced.Apply(new HuntScheduled("sale", At("12:00"))).Apply(new HuntCancelled("sale", At(cancelled)))));

    [Fact]
    public void The_treasures_of_a_hunt_closed_before_its_opening_are_never_public() =>
        Assert.Equal(
            ("16:00", "never"),
            FirstPublicTimes(Announced.Apply(new HuntScheduled("sale", At("12:00"))).Apply(new HuntClosed("sale", At("17:00")))));

    [Fact]
    public void A_cancelled_draft_is_never_public() =>
        Assert.Equal(("never", "never"), FirstPublicTimes(Announced.Apply(new HuntCancelled("sale", At("17:00")))));

    [Fact]
    public void A_pause_and_a_close_do_not_change_the_visibility() => Assert.Equal(
        ("16:00", "18:00"),
        FirstPublicTimes(Announced.Apply(new HuntScheduled("sale", At("12:00"))).Apply(new HuntPaused("sale", At("18:30"))).Apply(
            new HuntClosed("sale", At("19:00")))));
}
