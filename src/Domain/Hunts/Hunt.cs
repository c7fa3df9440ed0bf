using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Domain.Hunts;

/// <summary>The state of a hunt that decisions need, evolved from its stream.</summary>
public sealed record Hunt(string Id, HuntWindow Window, int? PlayerLimit)
{
    /// <summary>
    /// Maximum difference between the clocks of two Apis. A host with a larger difference is not ready at its start, and logs a warning
    /// later.
    /// </summary>
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>Returns the state after one more event.</summary>
    internal static Hunt? Evolve(Hunt? hunt, object @event) => (hunt, @event) switch
    {
        (null, HuntDrafted e) =>
            new Hunt(StreamNames.Hunt(e.HuntId), new HuntWindow(false, e.OpensAt, e.ClosesAt, [], AnnounceAt: e.AnnounceAt), e.PlayerLimit),
        (not null, IHuntEvent e) => hunt with { Window = hunt.Window.Apply(e) },
        _ => hunt,
    };

    /// <summary>Decides a command.</summary>
    public static CommandDecision Decide(Hunt? hunt, IAdminCommand command) => (hunt, command) switch
    {
        (null, DraftHunt c) =>
            CommandDecision.Record(new HuntDrafted(c.HuntId, c.At, c.Name, c.OpensAt, c.ClosesAt, c.PlayerLimit, c.AnnounceAt)),
        (not null, DraftHunt c) => CommandDecision.Refuse(ProblemNames.AlreadyExists, $"There is a hunt {c.HuntId} already."),
        (null, ChangeHunt c) => CommandDecision.Refuse(ProblemNames.HuntNotFound, $"There is no hunt {c.HuntId}."),
        (not null, ChangeHunt { Change: HuntChange.Resume } c) => Change(hunt, c with { At = ResumesAt(hunt.Window, c.At) }),
        (not null, ChangeHunt c) => Change(hunt, c),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a hunt."),
    };

    private static CommandDecision Change(Hunt hunt, ChangeHunt c) => (c.Change, hunt.Window.PhaseAt(c.At)) switch
    {
        (HuntChange.Schedule, HuntPhase.Draft) when c.At < hunt.Window.ClosesAt =>
            CommandDecision.Record(new HuntScheduled(c.HuntId, c.At)),
        (HuntChange.Open, HuntPhase.Draft or HuntPhase.Scheduled) when c.At < hunt.Window.ClosesAt =>
            CommandDecision.Record(new HuntOpened(c.HuntId, c.At)),
        (HuntChange.Pause, HuntPhase.Open) when hunt.Window.Pauses.Count >= AdminCommandRules.MaxPauses =>
            CommandDecision.Refuse(ProblemNames.LimitReached, $"A hunt pauses at most {AdminCommandRules.MaxPauses} times."),
        (HuntChange.Pause, HuntPhase.Open) => CommandDecision.Record(new HuntPaused(c.HuntId, c.At)),
        (HuntChange.Resume, HuntPhase.Paused) => CommandDecision.Record(new HuntResumed(c.HuntId, c.At)),
        (HuntChange.Close, HuntPhase.Scheduled or HuntPhase.Open or HuntPhase.Paused) =>
            CommandDecision.Record(new HuntClosed(c.HuntId, c.At)),
        (HuntChange.Cancel, not (HuntPhase.Closed or HuntPhase.Cancelled)) => CommandDecision.Record(new HuntCancelled(c.HuntId, c.At)),
        var (change, phase) => CommandDecision.Refuse(ProblemNames.NotAllowedNow, $"A hunt that is {Word(phase)} cannot {Word(change)}."),
    };

    // Pause and resume may be accepted by two Apis, the second with the slower clock. A hunt never resumes before its pause.
    private static DateTimeOffset ResumesAt(HuntWindow window, DateTimeOffset at) => window.Pauses
        .Where(pause => pause.Until is null && pause.From > at && pause.From - at <= MaxClockDifference)
        .Select(pause => pause.From)
        .Append(at)
        .Max();

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
