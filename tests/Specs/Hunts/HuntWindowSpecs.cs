using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>When a hunt takes claims. The phases of an evening are written as they change: <c>18:00 open, 20:00 closed</c>.</summary>
public class HuntWindowSpecs
{
    [Fact]
    public void A_draft_takes_none() => Then("draft", Drafted());

    [Fact]
    public void A_scheduled_hunt_opens_and_closes_by_itself() =>
        Then("scheduled, 18:00 open, 20:00 closed", Drafted(), Scheduled());

    [Fact]
    public void A_hunt_can_be_opened_early() =>
        Then("scheduled, 17:00 open, 20:00 closed", Drafted(), Scheduled(), Opened("17:00"));

    [Fact]
    public void A_draft_can_be_opened_without_a_schedule() =>
        Then("scheduled, 17:00 open, 20:00 closed", Drafted(), Opened("17:00"));

    [Fact]
    public void A_draft_opened_late_was_not_open_before() =>
        Then("scheduled, 19:00 open, 20:00 closed", Drafted(), Opened("19:00"));

    [Fact]
    public void A_draft_scheduled_late_was_not_open_before() =>
        Then("scheduled, 19:00 open, 20:00 closed", Drafted(), Scheduled("19:00"));

    [Fact]
    public void A_pause_lasts_until_it_ends() =>
        Then("scheduled, 18:00 open, 18:30 paused, 18:45 open, 20:00 closed", Drafted(), Scheduled(), Paused("18:30"), Resumed("18:45"));

    [Fact]
    public void A_pause_without_an_end_lasts_until_the_hunt_closes() =>
        Then("scheduled, 18:00 open, 18:30 paused, 20:00 closed", Drafted(), Scheduled(), Paused("18:30"));

    [Fact]
    public void Every_pause_is_kept() => Then(
        "scheduled, 18:00 open, 18:15 paused, 18:30 open, 19:00 paused, 19:15 open, 20:00 closed",
        Drafted(), Scheduled(), Paused("18:15"), Resumed("18:30"), Paused("19:00"), Resumed("19:15"));

    [Fact]
    public void A_hunt_can_be_closed_early() =>
        Then("scheduled, 18:00 open, 19:00 closed", Drafted(), Scheduled(), Closed("19:00"));

    [Fact]
    public void A_hunt_can_be_closed_before_it_opens() =>
        Then("scheduled, 17:00 closed", Drafted(), Scheduled(), Closed("17:00"));

    [Fact]
    public void A_hunt_can_be_closed_while_it_stands_still() =>
        Then("scheduled, 18:00 open, 18:30 paused, 19:00 closed", Drafted(), Scheduled(), Paused("18:30"), Closed("19:00"));

    [Fact]
    public void Cancelling_ends_a_hunt_from_then_on() =>
        Then("scheduled, 18:00 open, 19:00 cancelled", Drafted(), Scheduled(), Cancelled("19:00"));

    [Fact]
    public void Cancelling_ends_a_draft() => Then("draft, 13:00 cancelled", Drafted(), Cancelled("13:00"));

    // Two admins press the same button; the commands reach the worker in the other order than they reached the door.
    [Fact]
    public void Two_pauses_that_overtook_each_other_end_together() => Then(
        "scheduled, 18:00 open, 18:15 paused, 18:45 open, 20:00 closed",
        Drafted(), Scheduled(), Paused("18:30"), Paused("18:15"), Resumed("18:45"));

    [Fact]
    public void The_first_moment_of_the_window_counts_and_the_last_does_not()
    {
        var window = Fold(Drafted(), Scheduled(), Paused("18:30"), Resumed("18:45"))!.Window;

        Assert.Equal(Reasons.HuntNotOpen, window.RefusalAt(At("17:59:59.999")));
        Assert.Null(window.RefusalAt(At("18:00")));
        Assert.Null(window.RefusalAt(At("18:29:59.999")));
        Assert.Equal(Reasons.HuntPaused, window.RefusalAt(At("18:30")));
        Assert.Equal(Reasons.HuntPaused, window.RefusalAt(At("18:44:59.999")));
        Assert.Null(window.RefusalAt(At("18:45")));
        Assert.Null(window.RefusalAt(At("19:59:59.999")));
        Assert.Equal(Reasons.HuntClosed, window.RefusalAt(At("20:00")));
    }

    private static void Then(string expected, params IHuntEvent[] events)
    {
        var window = Fold(events)!.Window;
        var told = new List<string>();
        HuntPhase? last = null;
        for (var time = At("00:00"); time < At("23:59"); time = time.AddMinutes(15))
        {
            var phase = window.PhaseAt(time);
            if (phase != last)
            {
                told.Add((last is null ? "" : $"{time:HH:mm} ") + phase.ToString().ToLowerInvariant());
            }

            last = phase;
        }

        Assert.Equal(expected, string.Join(", ", told));
    }
}
