using JasperFx.Events;

namespace TreasureHunt.EventStore.Reading;

/// <summary>An event of the log as a read model sees it.</summary>
/// <param name="Version">Its place in its stream, from 1.</param>
public sealed record RecordedEvent(long Sequence, string Stream, long Version, DateTimeOffset Recorded, object Data)
{
    public static RecordedEvent Of(IEvent e) => new(e.Sequence, e.StreamKey!, e.Version, e.Timestamp, e.Data);
}

/// <summary>All that a read model wants to know of a stretch of the log.</summary>
/// <param name="After">The sequence after which the stretch begins.</param>
/// <param name="UpTo">The sequence with which it ends, whether or not that event is among the facts.</param>
public sealed record EventBatch(long After, long UpTo, IReadOnlyList<RecordedEvent> Facts);
