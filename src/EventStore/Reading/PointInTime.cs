using System.Globalization;

namespace TreasureHunt.EventStore.Reading;

/// <summary>A point in the history of the event store: up to and including a sequence, or a time of recording.</summary>
public readonly record struct PointInTime(long? Sequence, DateTimeOffset? Time)
{
    public static PointInTime At(long sequence) => new(sequence, null);

    /// <summary>Parses a sequence such as <c>4711</c> or a time such as <c>2026-11-24T18:00:00Z</c>; null when it is neither.</summary>
    public static PointInTime? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new PointInTime(sequence, null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new PointInTime(null, time)
        : null;
}
