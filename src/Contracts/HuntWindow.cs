using System.Text.Json.Serialization;
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
/// <param name="AnnounceAt">From when a scheduled hunt is public; null when it becomes public as it opens.</param>
public sealed record HuntWindow(
    bool Scheduled,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    IReadOnlyList<Pause> Pauses,
    DateTimeOffset? CancelledAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AnnounceAt = null)
{
    private DateTimeOffset PublicFrom => AnnounceAt is { } at && at < OpensAt ? at : OpensAt;

    private DateTimeOffset EndsAt => CancelledAt is { } at && at < ClosesAt ? at : ClosesAt;

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

    /// <summary>
    /// Whether everybody may know of the hunt at <paramref name="time"/>. A draft is never public; a hunt that ended before it was
    /// public stays secret. One that has been public remains so.
    /// </summary>
    public bool IsPublicAt(DateTimeOffset time) => Scheduled && PublicFrom < EndsAt && time >= PublicFrom;

    /// <summary>
    /// Whether the hunt has opened at <paramref name="time"/>, whatever came after: from then on its treasures are public.
    /// </summary>
    public bool HasOpenedAt(DateTimeOffset time) => Scheduled && OpensAt < EndsAt && time >= OpensAt;

    /// <summary>Why a claim accepted at <paramref name="time"/> cannot win, or null when the hunt is open then.</summary>
    public string? RefusalAt(DateTimeOffset time) => PhaseAt(time) switch
    {
        HuntPhase.Open => null,
        HuntPhase.Paused => Reasons.HuntPaused,
        HuntPhase.Closed or HuntPhase.Cancelled => Reasons.HuntClosed,
        _ => Reasons.HuntNotOpen,
    };
}
