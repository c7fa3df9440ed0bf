namespace TreasureHunt.EventStore.Reading;

/// <summary>A typed event as a read model receives it.</summary>
/// <param name="Version">Position in its stream, from 1.</param>
public sealed record RecordedEvent(long Sequence, string Stream, long Version, DateTimeOffset RecordedAt, object Data)
{
    /// <summary>The id of the event. Only <see cref="EventReader.ReadRangeAsync"/> sets it.</summary>
    public Guid Id { get; init; }

    /// <summary>
    /// The trace parent of the request that caused the event; null when it has none. Only <see cref="EventReader.ReadRangeAsync"/> sets it.
    /// </summary>
    public string? CausationId { get; init; }
}
