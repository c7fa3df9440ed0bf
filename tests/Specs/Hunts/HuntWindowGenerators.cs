using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Random windows and commands of a hunt.</summary>
internal static class HuntWindowGenerators
{
    public static readonly Gen<DateTimeOffset> Times = Gen.Int[0, 40].Select(minutes => At("17:00").AddMinutes(minutes * 5));

    // Any window that a stored snapshot can contain, even an inconsistent one.
    public static readonly Gen<HuntWindow> AnyWindow = Gen.Select(
        Gen.Bool,
        Times,
        Times,
        Gen.Select(Times, Times.Nullable(), (from, until) => new Pause(from, until)).Array[0, 4],
        Times.Nullable(),
        (scheduled, opens, closes, pauses, cancelled) => new HuntWindow(scheduled, opens, closes, pauses, cancelled));

    // Commands in any order of their times, since Api hosts have different clocks.
    public static readonly Gen<(HuntChange Change, DateTimeOffset At)[]> ChangeCommands =
        Gen.Select(Gen.Enum<HuntChange>(), Times).Array[0, 12];

    // Pauses and resumes within seconds, from Api hosts with different clocks.
    public static readonly Gen<(HuntChange Change, DateTimeOffset At)[]> PausesAndResumes = Gen.Select(
        Gen.Bool.Select(pauses => pauses ? HuntChange.Pause : HuntChange.Resume),
        Gen.Int[0, 12].Select(seconds => At("18:30").AddSeconds(seconds))).Array[1, 12];

    public static IEnumerable<DateTimeOffset> EveryTime => Enumerable.Range(0, 41).Select(minutes => At("17:00").AddMinutes(minutes * 5));

    public static HuntPhase[] PhasesAfter(IHuntEvent recorded) => recorded switch
    {
        HuntScheduled => [HuntPhase.Scheduled, HuntPhase.Open],
        HuntOpened or HuntResumed => [HuntPhase.Open],
        HuntPaused => [HuntPhase.Paused],
        HuntClosed => [HuntPhase.Closed],
        _ => [HuntPhase.Cancelled],
    };

    public static HuntWindow ApplyAll((HuntChange Change, DateTimeOffset At)[] commands, Action<HuntWindow, HuntWindow, IHuntEvent> check)
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

    public static ChangeHunt Change(HuntChange change, DateTimeOffset at) => new(Guid.Empty, at, Sale, change);

    public static IHuntEvent Event(int kind, DateTimeOffset at) => kind switch
    {
        1 => new HuntScheduled(Sale, at),
        2 => new HuntOpened(Sale, at),
        3 => new HuntPaused(Sale, at),
        4 => new HuntResumed(Sale, at),
        5 => new HuntClosed(Sale, at),
        _ => new HuntCancelled(Sale, at),
    };
}
