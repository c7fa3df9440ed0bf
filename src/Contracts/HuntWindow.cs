using System.Text.Json.Serialization;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts;

/// <summary>
/// The times at which a hunt accepts claims. It contains all pauses, so that a claim is decided by its time of acceptance, even when it is
/// decided late. The worker decides with it, and the Api refuses claims early with it.
/// </summary>
/// <param name="Scheduled">False while the hunt is a draft.</param>
/// <param name="OpensAt">First time at which claims can win.</param>
/// <param name="ClosesAt">First time at which claims can no longer win.</param>
/// <param name="Pauses">In the order in which they were recorded.</param>
/// <param name="AnnounceAt">First time at which a scheduled hunt is public; null for <paramref name="OpensAt"/>.</param>
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

    /// <summary>Returns the window after one more event of the hunt.</summary>
    public HuntWindow Apply(IHuntEvent @event) => @event switch
    {
        // A hunt that is scheduled after its planned opening opens when it is scheduled.
        HuntScheduled e => this with { Scheduled = true, OpensAt = e.At > OpensAt ? e.At : OpensAt },
        HuntOpened e => this with { Scheduled = true, OpensAt = e.At },
        HuntPaused e => this with { Pauses = [.. Pauses, new Pause(e.At, null)] },
        // Two pauses may have been recorded out of order: one resume ends both.
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
    /// Whether the hunt is public at <paramref name="time"/>. A draft is never public. A hunt that ended before it was public stays hidden.
    /// A hunt that has been public remains public.
    /// </summary>
    public bool IsPublicAt(DateTimeOffset time) => Scheduled && PublicFrom < EndsAt && time >= PublicFrom;

    /// <summary>
    /// Whether the hunt has opened at <paramref name="time"/> or before. From its opening on, its treasures are public.
    /// </summary>
    public bool HasOpenedAt(DateTimeOffset time) => Scheduled && OpensAt < EndsAt && time >= OpensAt;

    /// <summary>Returns the reason why a claim accepted at <paramref name="time"/> cannot win; null when the hunt is open.</summary>
    public string? RefusalAt(DateTimeOffset time) => PhaseAt(time) switch
    {
        HuntPhase.Open => null,
        HuntPhase.Paused => Reasons.HuntPaused,
        HuntPhase.Closed or HuntPhase.Cancelled => Reasons.HuntClosed,
        _ => Reasons.HuntNotOpen,
    };
}
