using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts;

/// <summary>
/// When a hunt takes claims. It keeps its pauses, so that a claim is judged by the moment at which it was accepted,
/// however late it is decided. The worker decides with it, and the door refuses early with it.
/// </summary>
/// <param name="Scheduled">False while the hunt is a draft.</param>
/// <param name="OpensAt">First moment at which claims count.</param>
/// <param name="ClosesAt">First moment at which they no longer do.</param>
/// <param name="Pauses">In the order in which they were recorded.</param>
public sealed record HuntWindow(
    bool Scheduled,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    IReadOnlyList<Pause> Pauses,
    DateTimeOffset? CancelledAt = null)
{
    /// <summary>The window after one more event of its hunt.</summary>
    public HuntWindow After(IHuntEvent @event) => @event switch
    {
        // A draft scheduled late was not open before, whatever its plan said.
        HuntScheduled e => this with { Scheduled = true, OpensAt = e.At > OpensAt ? e.At : OpensAt },
        HuntOpened e => this with { Scheduled = true, OpensAt = e.At },
        HuntPaused e => this with { Pauses = [.. Pauses, new Pause(e.At, null)] },
        // Two pauses may have overtaken each other on the bus: the hunt goes on after both.
        HuntResumed e => this with { Pauses = [.. Pauses.Select(pause => pause.Covers(e.At) ? pause with { Until = e.At } : pause)] },
        HuntClosed e => this with { ClosesAt = e.At },
        HuntCancelled e => this with { CancelledAt = e.At },
        _ => this,
    };

    /// <summary>The phase of the hunt at <paramref name="time"/>.</summary>
    public HuntPhase PhaseAt(DateTimeOffset time) => this switch
    {
        { CancelledAt: { } at } when time >= at => HuntPhase.Cancelled,
        { Scheduled: false } => HuntPhase.Draft,
        _ when time >= ClosesAt => HuntPhase.Closed,
        _ when time < OpensAt => HuntPhase.Scheduled,
        _ when Pauses.Any(pause => pause.Covers(time)) => HuntPhase.Paused,
        _ => HuntPhase.Open,
    };

    /// <summary>Why a claim accepted at <paramref name="time"/> cannot win, or null when the hunt is open then.</summary>
    public string? RefusalAt(DateTimeOffset time) => PhaseAt(time) switch
    {
        HuntPhase.Open => null,
        HuntPhase.Paused => Reasons.HuntPaused,
        HuntPhase.Closed or HuntPhase.Cancelled => Reasons.HuntClosed,
        _ => Reasons.HuntNotOpen,
    };
}
