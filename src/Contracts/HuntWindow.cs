namespace TreasureHunt.Contracts;

/// <summary>
/// When a hunt takes claims. It keeps its pauses, so that a claim is judged by the moment at which it was accepted,
/// however late it is decided. The worker decides with it, and the door refuses early with it.
/// </summary>
/// <param name="Scheduled">False while the hunt is a draft.</param>
/// <param name="OpensAt">First moment at which claims count.</param>
/// <param name="ClosesAt">First moment at which they no longer do.</param>
/// <param name="Pauses">In order of time.</param>
public sealed record HuntWindow(
    bool Scheduled,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    IReadOnlyList<Pause> Pauses,
    DateTimeOffset? CancelledAt = null)
{
    /// <summary>The phase of the hunt at <paramref name="time"/>.</summary>
    public HuntPhase PhaseAt(DateTimeOffset time) => this switch
    {
        { CancelledAt: { } at } when time >= at => HuntPhase.Cancelled,
        { Scheduled: false } => HuntPhase.Draft,
        _ when time >= ClosesAt => HuntPhase.Closed,
        _ when time < OpensAt => HuntPhase.Scheduled,
        _ when Pauses.Any(pause => time >= pause.From && (pause.Until is not { } until || time < until)) => HuntPhase.Paused,
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
