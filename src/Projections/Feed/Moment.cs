using System.Globalization;

namespace TreasureHunt.Projections.Feed;

/// <summary>A moment of the event store: up to and including a sequence, or a time of recording.</summary>
public readonly record struct Moment(long? Sequence, DateTimeOffset? Time)
{
    public static Moment At(long sequence) => new(sequence, null);

    /// <summary>Reads a sequence such as <c>4711</c>, or a time such as <c>2026-11-24T18:00:00Z</c>; null when it is neither.</summary>
    public static Moment? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? new Moment(sequence, null)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new Moment(null, time)
        : null;
}
