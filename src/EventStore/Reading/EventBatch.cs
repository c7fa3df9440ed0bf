namespace TreasureHunt.EventStore.Reading;

/// <summary>The events of some types in a range of sequences.</summary>
/// <param name="After">The sequence after which the range begins.</param>
/// <param name="UpTo">The last sequence of the range; its event may be of another type.</param>
public sealed record EventBatch(long After, long UpTo, IReadOnlyList<RecordedEvent> Events);
