using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Which step a hunt may take in which phase: all thirty-six pairs, and the edges of the window.</summary>
public class LifeSpecs
{
    private static readonly Dictionary<HuntPhase, IHuntEvent[]> At1830 = new()
    {
        [HuntPhase.Draft] = [Drafted()],
        [HuntPhase.Scheduled] = [Drafted(opens: "19:00"), Scheduled()],
        [HuntPhase.Open] = [Drafted(), Scheduled()],
        [HuntPhase.Paused] = [Drafted(), Scheduled(), Paused("18:20")],
        [HuntPhase.Closed] = [Drafted(), Scheduled(), Closed("18:20")],
        [HuntPhase.Cancelled] = [Drafted(), Scheduled(), Cancelled("18:20")],
    };

    private static readonly Dictionary<HuntChange, (IHuntEvent Event, HuntPhase[] From)> Steps = new()
    {
        [HuntChange.Schedule] = (Scheduled("18:30"), [HuntPhase.Draft]),
        [HuntChange.Open] = (Opened("18:30"), [HuntPhase.Draft, HuntPhase.Scheduled]),
        [HuntChange.Pause] = (Paused("18:30"), [HuntPhase.Open]),
        [HuntChange.Resume] = (Resumed("18:30"), [HuntPhase.Paused]),
        [HuntChange.Close] = (Closed("18:30"), [HuntPhase.Scheduled, HuntPhase.Open, HuntPhase.Paused]),
        [HuntChange.Cancel] = (Cancelled("18:30"), [HuntPhase.Draft, HuntPhase.Scheduled, HuntPhase.Open, HuntPhase.Paused]),
    };

    public static TheoryData<HuntChange, HuntPhase> Pairs =>
        new(from change in Enum.GetValues<HuntChange>() from phase in Enum.GetValues<HuntPhase>() select (change, phase));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_step_is_allowed_in_its_phases_and_refused_in_all_others(HuntChange change, HuntPhase phase)
    {
        var ending = Given(At1830[phase]).When(Change(change, "18:30"));
        if (Steps[change].From.Contains(phase))
        {
            ending.Then(Steps[change].Event);
        }
        else
        {
            ending.ThenRefused(
                ProblemNames.NotAllowedNow,
                $"A hunt that is {phase.ToString().ToLowerInvariant()} cannot {change.ToString().ToLowerInvariant()}.");
        }
    }

    [Theory]
    [InlineData(HuntChange.Schedule)]
    [InlineData(HuntChange.Open)]
    public void A_draft_whose_end_has_passed_cannot_begin(HuntChange change)
    {
        Given(Drafted()).When(Change(change, "19:59:59.999")).Then(
            change == HuntChange.Schedule ? Scheduled("19:59:59.999") : Opened("19:59:59.999"));
        Given(Drafted()).When(Change(change, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, $"A hunt that is draft cannot {change.ToString().ToLowerInvariant()}.");
    }

    [Fact]
    public void A_hunt_closes_by_itself() =>
        Given(Drafted(), Scheduled()).When(Change(HuntChange.Pause, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, "A hunt that is closed cannot pause.");

    [Fact]
    public void A_hunt_that_closed_by_itself_cannot_be_cancelled() =>
        Given(Drafted(), Scheduled()).When(Change(HuntChange.Cancel, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, "A hunt that is closed cannot cancel.");

    [Fact]
    public void A_hunt_pauses_as_often_as_it_must() =>
        Given(Drafted(), Scheduled(), Paused("18:10"), Resumed("18:20")).When(Change(HuntChange.Pause, "18:30")).Then(Paused("18:30"));

    [Fact]
    public void But_no_more_than_a_thousand_times()
    {
        IHuntEvent[] thousand = [.. Enumerable.Range(0, 1_000).SelectMany(_ => (IHuntEvent[])[Paused("18:10"), Resumed("18:20")])];

        Given([Drafted(), Scheduled(), .. thousand[2..]]).When(Change(HuntChange.Pause, "18:30")).Then(Paused("18:30"));
        Given([Drafted(), Scheduled(), .. thousand]).When(Change(HuntChange.Pause, "18:30")).ThenRefused(
            ProblemNames.LimitReached, "A hunt pauses at most 1000 times.");
    }

    [Theory]
    [InlineData("18:29:59.999")]
    [InlineData("18:29:55")]
    public void A_resume_through_an_Api_whose_clock_is_behind_that_of_the_pause_counts_from_the_pause(string at) =>
        Given(Drafted(), Scheduled(), Paused("18:30")).When(Change(HuntChange.Resume, at)).Then(Resumed("18:30"));

    [Fact]
    public void But_not_when_it_is_more_than_five_seconds_behind() => Given(Drafted(), Scheduled(), Paused("18:30"))
        .When(Change(HuntChange.Resume, "18:29:54.999")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is open cannot resume.");

    [Fact]
    public void Nor_when_the_pause_has_ended() => Given(Drafted(), Scheduled(), Paused("18:30"), Resumed("18:31"))
        .When(Change(HuntChange.Resume, "18:29:58")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is open cannot resume.");

    [Fact]
    public void Nor_when_the_hunt_was_closed_meanwhile() => Given(Drafted(), Scheduled(), Paused("18:30"), Closed("18:30"))
        .When(Change(HuntChange.Resume, "18:29:58")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is closed cannot resume.");

    [Fact]
    public void Of_two_pauses_within_five_seconds_the_later_one_ends_too() =>
        Given(Drafted(), Scheduled(), Paused("18:30:03"), Paused("18:30")).When(Change(HuntChange.Resume, "18:30:01")).Then(
            Resumed("18:30:03"));

    [Fact]
    public void A_draft_can_be_cancelled_after_its_window() =>
        Given(Drafted()).When(Change(HuntChange.Cancel, "21:00")).Then(Cancelled("21:00"));
}
