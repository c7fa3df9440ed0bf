using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Pauses and resumes of a hunt, also from Api hosts with different clocks.</summary>
public class HuntResumeSpecs
{
    [Fact]
    public void A_hunt_can_be_paused_again() =>
        Given(Drafted(), Scheduled(), Paused("18:10"), Resumed("18:20")).When(Change(HuntChange.Pause, "18:30")).Then(Paused("18:30"));

    [Fact]
    public void A_hunt_can_be_paused_at_most_a_thousand_times()
    {
        IHuntEvent[] thousand = [.. Enumerable.Range(0, 1_000).SelectMany(_ => (IHuntEvent[])[Paused("18:10"), Resumed("18:20")])];

        Given([Drafted(), Scheduled(), .. thousand[2..]]).When(Change(HuntChange.Pause, "18:30")).Then(Paused("18:30"));
        Given([Drafted(), Scheduled(), .. thousand]).When(Change(HuntChange.Pause, "18:30")).ThenRefused(
            ProblemNames.LimitReached, "A hunt pauses at most 1000 times.");
    }

    [Theory]
    [InlineData("18:29:59.999")]
    [InlineData("18:29:55")]
    public void A_resume_up_to_five_seconds_before_the_pause_takes_effect_at_the_pause(string at) =>
        Given(Drafted(), Scheduled(), Paused("18:30")).When(Change(HuntChange.Resume, at)).Then(Resumed("18:30"));

    [Fact]
    public void A_resume_more_than_five_seconds_before_the_pause_is_refused() => Given(Drafted(), Scheduled(), Paused("18:30"))
        .When(Change(HuntChange.Resume, "18:29:54.999")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is open cannot resume.");

    [Fact]
    public void A_resume_after_the_pause_has_ended_is_refused() => Given(Drafted(), Scheduled(), Paused("18:30"), Resumed("18:31"))
        .When(Change(HuntChange.Resume, "18:29:58")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is open cannot resume.");

    [Fact]
    public void A_resume_of_a_closed_hunt_is_refused() => Given(Drafted(), Scheduled(), Paused("18:30"), Closed("18:30"))
        .When(Change(HuntChange.Resume, "18:29:58")).ThenRefused(ProblemNames.NotAllowedNow, "A hunt that is closed cannot resume.");

    [Fact]
    public void A_resume_also_ends_a_pause_that_begins_within_five_seconds() =>
        Given(Drafted(), Scheduled(), Paused("18:30:03"), Paused("18:30")).When(Change(HuntChange.Resume, "18:30:01")).Then(
            Resumed("18:30:03"));
}
