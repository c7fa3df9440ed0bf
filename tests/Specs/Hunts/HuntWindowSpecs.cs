using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>The phases of a hunt. The expected text lists each change of the phase: <c>18:00 open, 20:00 closed</c>.</summary>
public class HuntWindowSpecs
{
    [Fact]
    public void A_draft_accepts_no_claims() => Then("draft", Drafted());

    [Fact]
    public void A_scheduled_hunt_opens_and_closes_automatically() =>
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
    public void A_hunt_can_be_closed_while_it_is_paused() =>
        Then("scheduled, 18:00 open, 18:30 paused, 19:00 closed", Drafted(), Scheduled(), Paused("18:30"), Closed("19:00"));

    [Fact]
    public void A_cancelled_hunt_ends_at_the_cancellation() =>
        Then("scheduled, 18:00 open, 19:00 cancelled", Drafted(), Scheduled(), Cancelled("19:00"));

    [Fact]
    public void A_draft_can_be_cancelled() => Then("draft, 13:00 cancelled", Drafted(), Cancelled("13:00"));

    // Two admins pause the hunt, and the worker gets the commands in the reverse order.
    [Fact]
    public void One_resume_ends_two_pauses_that_arrived_out_of_order() => Then(
        "scheduled, 18:00 open, 18:15 paused, 18:45 open, 20:00 closed",
        Drafted(), Scheduled(), Paused("18:30"), Paused("18:15"), Resumed("18:45"));

    [Fact]
    public void The_start_of_the_window_is_inclusive_and_its_end_is_exclusive()
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
        var phases = new List<string>();
        HuntPhase? last = null;
        for (var time = At("00:00"); time < At("23:59"); time = time.AddMinutes(15))
        {
            var phase = window.PhaseAt(time);
            if (phase != last)
            {
                phases.Add((last is null ? "" : $"{time:HH:mm} ") + phase.ToString().ToLowerInvariant());
            }

            last = phase;
        }

        Assert.Equal(expected, string.Join(", ", phases));
    }
}
