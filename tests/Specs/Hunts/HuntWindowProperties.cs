using CsCheck;
using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Hunts.HuntWindowGenerators;

namespace TreasureHunt.Specs.Hunts;

public class HuntWindowProperties
{
    [Fact]
    public void The_phase_and_the_refusal_agree_at_every_time() => Gen.Select(AnyWindow, Times).Sample((window, time) =>
    {
        string? expected = window.PhaseAt(time) switch
        {
            HuntPhase.Draft or HuntPhase.Scheduled => "hunt-not-open",
            HuntPhase.Open => null,
            HuntPhase.Paused => "hunt-paused",
            HuntPhase.Closed or HuntPhase.Cancelled => "hunt-closed",
            var other => throw new InvalidOperationException($"{other} is not a phase"),
        };
        Assert.Equal(expected, window.RefusalAt(time));
    });

    [Fact]
    public void Every_event_can_be_applied_to_every_window() => Gen.Select(AnyWindow, Gen.Int[1, 6], Times).Sample((window, kind, at) =>
    {
        foreach (var time in EveryTime)
        {
            Assert.True(Enum.IsDefined(window.Apply(Event(kind, at)).PhaseAt(time)));
        }
    });

    [Fact]
    public void An_open_hunt_is_open_only_within_its_window() => Gen.Select(AnyWindow, Times).Sample((window, time) =>
        window.RefusalAt(time) is not null || (window.Scheduled && time >= window.OpensAt && time < window.ClosesAt));
}
