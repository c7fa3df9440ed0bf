using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Hunts.HuntWindowGenerators;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Pauses of a hunt for random commands.</summary>
public class HuntPauseProperties
{
    [Fact]
    public void A_paused_hunt_can_always_be_resumed() => Gen.Select(ChangeCommands, Times).Sample((commands, at) =>
    {
        var window = ApplyAll(commands, (_, _, _) => { });
        var resumed = Hunt.Decide(new Hunt(Sale, window, null), Change(HuntChange.Resume, at)).Event;
        if (window.PhaseAt(at) == HuntPhase.Paused)
        {
            Assert.Null(window.Apply(Assert.IsType<HuntResumed>(resumed)).RefusalAt(at));
        }
    });

    [Fact]
    public void No_pause_ends_before_it_begins() => PausesAndResumes.Sample(
        commands => ApplyAll([(HuntChange.Open, At("18:00")), .. commands], (_, after, recorded) =>
    {
        Assert.All(after.Pauses, pause => Assert.True(pause.Until is null || pause.Until >= pause.From));
        Assert.Contains(after.PhaseAt(recorded.At), PhasesAfter(recorded));
    }));

    [Fact]
    public void A_resume_ends_a_pause_that_began_up_to_five_seconds_later() => PausesAndResumes.Sample(commands =>
    {
        var window = ApplyAll([(HuntChange.Open, At("18:00")), .. commands], (_, _, _) => { });
        foreach (var pause in window.Pauses.Where(pause => pause.Until is null))
        {
            var resumed = Hunt.Decide(new Hunt(Sale, window, null), Change(HuntChange.Resume, pause.From.AddSeconds(-5))).Event;
            Assert.DoesNotContain(
                window.Apply(Assert.IsType<HuntResumed>(resumed)).Pauses, other => other.Until is null && other.From <= pause.From);
        }
    });
}
