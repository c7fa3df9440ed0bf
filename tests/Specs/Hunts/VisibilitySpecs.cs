using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>When everybody may know of a hunt, and of its treasures.</summary>
public class VisibilitySpecs
{
    private static readonly HuntWindow Draft = new(false, At("18:00"), At("20:00"), []);

    private static readonly HuntWindow Announced = Draft with { AnnounceAt = At("16:00") };

    [Fact]
    public void A_draft_is_never_public() => Assert.Equal(("never", "never"), Shows(Announced));

    [Fact]
    public void A_scheduled_hunt_is_public_as_it_opens() =>
        Assert.Equal(("18:00", "18:00"), Shows(Draft.After(new HuntScheduled("sale", At("12:00")))));

    [Fact]
    public void An_announced_hunt_is_public_before_its_treasures_are() =>
        Assert.Equal(("16:00", "18:00"), Shows(Announced.After(new HuntScheduled("sale", At("12:00")))));

    [Fact]
    public void A_hunt_opened_before_its_announcement_is_public_at_once() =>
        Assert.Equal(("13:00", "13:00"), Shows(Announced.After(new HuntOpened("sale", At("13:00")))));

    [Fact]
    public void A_draft_that_is_opened_late_was_not_public_before() =>
        Assert.Equal(("19:00", "19:00"), Shows(Draft.After(new HuntScheduled("sale", At("19:00")))));

    [Theory]
    [InlineData("15:59", "never", "never")]
    [InlineData("16:00", "never", "never")]
    [InlineData("16:01", "16:00", "never")]
    [InlineData("18:01", "16:00", "18:00")]
    public void What_was_public_before_a_cancellation_stays_so_and_nothing_else_becomes_so(
        string cancelled, string hunt, string treasures) =>
        Assert.Equal(
            (hunt, treasures),
            Shows(Announced.After(new HuntScheduled("sale", At("12:00"))).After(new HuntCancelled("sale", At(cancelled)))));

    [Fact]
    public void A_hunt_closed_before_it_opened_never_was_open() =>
        Assert.Equal(
            ("16:00", "never"), Shows(Announced.After(new HuntScheduled("sale", At("12:00"))).After(new HuntClosed("sale", At("17:00")))));

    [Fact]
    public void A_cancelled_draft_is_never_public() =>
        Assert.Equal(("never", "never"), Shows(Announced.After(new HuntCancelled("sale", At("17:00")))));

    [Fact]
    public void A_pause_and_an_end_hide_nothing() => Assert.Equal(
        ("16:00", "18:00"),
        Shows(Announced.After(new HuntScheduled("sale", At("12:00"))).After(new HuntPaused("sale", At("18:30"))).After(
            new HuntClosed("sale", At("19:00")))));

    [Fact]
    public void Treasures_are_never_public_before_their_hunt_and_claims_never_win_before_that() => Gen.Int[0, 24 * 60].Sample(minute =>
    {
        var at = At("00:00").AddMinutes(minute);
        Assert.All(
            (HuntWindow[])[
                Draft, Announced, Announced.After(new HuntScheduled("sale", At("12:00"))),
                Announced.After(new HuntOpened("sale", At("13:00")))], window =>
        {
            Assert.True(window.IsPublicAt(at) || !window.HasOpenedAt(at));
            Assert.True(window.HasOpenedAt(at) || window.RefusalAt(at) is not null);
        });
    });

    // The first minute of the day at which the hunt, and its treasures, are public; public once is public for good.
    private static (string Hunt, string Treasures) Shows(HuntWindow window) => (First(window.IsPublicAt), First(window.HasOpenedAt));

    private static string First(Func<DateTimeOffset, bool> isPublic)
    {
        var minutes = Enumerable.Range(0, 24 * 60).Select(minute => At("00:00").AddMinutes(minute)).ToList();
        var first = minutes.FindIndex(at => isPublic(at));
        Assert.All(minutes.Skip(first < 0 ? minutes.Count : first), at => Assert.True(isPublic(at)));
        return first < 0 ? "never" : minutes[first].ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
