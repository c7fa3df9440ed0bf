using JasperFx.Events;

namespace TreasureHunt.EventStore.Reading;

/// <summary>A typed event as a read model receives it.</summary>
/// <param name="Version">Position in its stream, from 1.</param>
public sealed record RecordedEvent(long Sequence, string Stream, long Version, DateTimeOffset RecordedAt, object Data)
{
    public static RecordedEvent Of(IEvent e) => new(e.Sequence, e.StreamKey!, e.Version, e.Timestamp, e.Data);
}
