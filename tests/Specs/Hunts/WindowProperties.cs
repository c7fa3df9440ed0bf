using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

public class WindowProperties
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Int[0, 40].Select(minutes => At("17:00").AddMinutes(minutes * 5));

    // Whatever may stand in a stored snapshot, sensible or not.
    private static readonly Gen<HuntWindow> AnyWindow = Gen.Select(
        Gen.Bool,
        Times,
        Times,
        Gen.Select(Times, Times.Nullable(), (from, until) => new Pause(from, until)).Array[0, 4],
        Times.Nullable(),
        (scheduled, opens, closes, pauses, cancelled) => new HuntWindow(scheduled, opens, closes, pauses, cancelled));

    // Commands as the bus may bring them: in any order of time, since doors have clocks of their own.
    private static readonly Gen<(HuntChange Change, DateTimeOffset At)[]> Commands = Gen.Select(Gen.Enum<HuntChange>(), Times).Array[0, 12];

    // Pauses and resumes within seconds, as Apis write them whose clocks differ.
    private static readonly Gen<(HuntChange Change, DateTimeOffset At)[]> PausesAndResumes = Gen.Select(
        Gen.Bool.Select(pauses => pauses ? HuntChange.Pause : HuntChange.Resume),
        Gen.Int[0, 12].Select(seconds => At("18:30").AddSeconds(seconds))).Array[1, 12];

    [Fact]
    public void Every_moment_has_a_phase_and_a_refusal_that_agrees_with_it() => Gen.Select(AnyWindow, Times).Sample((window, time) =>
    {
        string? expected = window.PhaseAt(time) switch
        {
            HuntPhase.Draft or HuntPhase.Scheduled => "hunt-not-open",
            HuntPhase.Open => null,
            HuntPhase.Paused => "hunt-paused",
            HuntPhase.Closed or HuntPhase.Cancelled => "hunt-closed",
            var other => throw new InvalidOperationException($"{other} is no phase"),
        };
        Assert.Equal(expected, window.RefusalAt(time));
    });

    [Fact]
    public void Every_event_can_follow_on_every_window() => Gen.Select(AnyWindow, Gen.Int[1, 6], Times).Sample((window, kind, at) =>
    {
        foreach (var time in EveryTime)
        {
            Assert.True(Enum.IsDefined(window.After(Event(kind, at)).PhaseAt(time)));
        }
    });

    [Fact]
    public void An_open_hunt_is_open_only_within_its_window() => Gen.Select(AnyWindow, Times).Sample((window, time) =>
        window.RefusalAt(time) is not null || (window.Scheduled && time >= window.OpensAt && time < window.ClosesAt));

    [Fact]
    public void A_step_that_is_allowed_takes_effect_at_its_own_time() => Commands.Sample(commands => Play(commands, (_, after, recorded) =>
        Assert.Contains(after.PhaseAt(recorded.At), Reached(recorded))));

    [Fact]
    public void No_step_changes_what_a_claim_accepted_earlier_comes_to() => Commands.Sample(
        commands => Play(commands, (before, after, recorded) =>
    {
        foreach (var time in EveryTime.Where(time => time < recorded.At))
        {
            Assert.Equal(before.RefusalAt(time), after.RefusalAt(time));
        }
    }));

    [Fact]
    public void A_hunt_that_is_over_stays_over() => Commands.Select(commands => commands.OrderBy(command => command.At).ToArray()).Sample(
        commands =>
        Play(commands, (before, after, recorded) =>
            Assert.False(before.RefusalAt(recorded.At) == Reasons.HuntClosed && after.RefusalAt(recorded.At) is null)));

    [Fact]
    public void A_hunt_that_stands_still_can_always_go_on() => Gen.Select(Commands, Times).Sample((commands, at) =>
    {
        var window = Play(commands, (_, _, _) => { });
        var resumed = Hunt.Decide(new Hunt(TheSale, window, null), Change(HuntChange.Resume, at)).Event;
        if (window.PhaseAt(at) == HuntPhase.Paused)
        {
            Assert.Null(window.After(Assert.IsType<HuntResumed>(resumed)).RefusalAt(at));
        }
    });

    [Fact]
    public void No_pause_ends_before_it_begins() => PausesAndResumes.Sample(
        commands => Play([(HuntChange.Open, At("18:00")), .. commands], (_, after, recorded) =>
    {
        Assert.All(after.Pauses, pause => Assert.True(pause.Until is null || pause.Until >= pause.From));
        Assert.Contains(after.PhaseAt(recorded.At), Reached(recorded));
    }));

    [Fact]
    public void A_resume_ends_a_pause_that_began_up_to_five_seconds_later() => PausesAndResumes.Sample(commands =>
    {
        var window = Play([(HuntChange.Open, At("18:00")), .. commands], (_, _, _) => { });
        foreach (var pause in window.Pauses.Where(pause => pause.Until is null))
        {
            var resumed = Hunt.Decide(new Hunt(TheSale, window, null), Change(HuntChange.Resume, pause.From.AddSeconds(-5))).Event;
            Assert.DoesNotContain(
                window.After(Assert.IsType<HuntResumed>(resumed)).Pauses, other => other.Until is null && other.From <= pause.From);
        }
    });

    private static IEnumerable<DateTimeOffset> EveryTime => Enumerable.Range(0, 41).Select(minutes => At("17:00").AddMinutes(minutes * 5));

    private static HuntPhase[] Reached(IHuntEvent recorded) => recorded switch
    {
        HuntScheduled => [HuntPhase.Scheduled, HuntPhase.Open],
        HuntOpened or HuntResumed => [HuntPhase.Open],
        HuntPaused => [HuntPhase.Paused],
        HuntClosed => [HuntPhase.Closed],
        _ => [HuntPhase.Cancelled],
    };

    private static HuntWindow Play((HuntChange Change, DateTimeOffset At)[] commands, Action<HuntWindow, HuntWindow, IHuntEvent> check)
    {
        var hunt = Fold(Drafted())!;
        foreach (var (change, at) in commands)
        {
            if (Hunt.Decide(hunt, Change(change, at)).Event is IHuntEvent recorded)
            {
                var before = hunt.Window;
                hunt = Hunt.Evolve(hunt, recorded)!;
                check(before, hunt.Window, recorded);
            }
        }

        return hunt.Window;
    }

    private static ChangeHunt Change(HuntChange change, DateTimeOffset at) => new(Guid.Empty, at, TheSale, change);

    private static IHuntEvent Event(int kind, DateTimeOffset at) => kind switch
    {
        1 => new HuntScheduled(TheSale, at),
        2 => new HuntOpened(TheSale, at),
        3 => new HuntPaused(TheSale, at),
        4 => new HuntResumed(TheSale, at),
        5 => new HuntClosed(TheSale, at),
        _ => new HuntCancelled(TheSale, at),
    };
}
