using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;

namespace TreasureHunt.Specs.Hunts;

/// <summary>The allowed changes in each phase of a hunt: all 36 pairs, and the limits of the window.</summary>
public class HuntTransitionSpecs
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

    private static readonly Dictionary<HuntChange, (IHuntEvent Event, HuntPhase[] From)> AllowedChanges = new()
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
    public void A_change_is_allowed_in_its_phases_and_refused_in_all_others(HuntChange change, HuntPhase phase)
    {
        var result = Given(At1830[phase]).When(Change(change, "18:30"));
        if (AllowedChanges[change].From.Contains(phase))
        {
            result.Then(AllowedChanges[change].Event);
        }
        else
        {
            result.ThenRefused(
                ProblemNames.NotAllowedNow,
                $"A hunt that is {phase.ToString().ToLowerInvariant()} cannot {change.ToString().ToLowerInvariant()}.");
        }
    }

    [Theory]
    [InlineData(HuntChange.Schedule)]
    [InlineData(HuntChange.Open)]
    public void A_draft_cannot_start_after_its_end(HuntChange change)
    {
        Given(Drafted()).When(Change(change, "19:59:59.999")).Then(
            change == HuntChange.Schedule ? Scheduled("19:59:59.999") : Opened("19:59:59.999"));
        Given(Drafted()).When(Change(change, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, $"A hunt that is draft cannot {change.ToString().ToLowerInvariant()}.");
    }

    [Fact]
    public void A_hunt_closes_automatically() =>
        Given(Drafted(), Scheduled()).When(Change(HuntChange.Pause, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, "A hunt that is closed cannot pause.");

    [Fact]
    public void An_automatically_closed_hunt_cannot_be_cancelled() =>
        Given(Drafted(), Scheduled()).When(Change(HuntChange.Cancel, "20:00")).ThenRefused(
            ProblemNames.NotAllowedNow, "A hunt that is closed cannot cancel.");

    [Fact]
    public void A_draft_can_be_cancelled_after_its_window() =>
        Given(Drafted()).When(Change(HuntChange.Cancel, "21:00")).Then(Cancelled("21:00"));
}
