using System.Globalization;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The state that a client of a stream has: the id of its events, which the client returns as <c>Last-Event-ID</c>. The response of a
/// treasure depends on three values that advance independently, so the id has three parts.
/// </summary>
/// <param name="Treasures">
/// The client has every change of a treasure up to this position. This is not the position of the last treasure that was sent: the changes
/// of a batch are sent in any order, and one can be lost, so a higher position proves nothing.
/// </param>
/// <param name="Hunt">The position of the hunt and its list of treasures from which the responses were made.</param>
/// <param name="At">The time for which they were made, in Unix seconds: clues appear and hunts open by the clock.</param>
public readonly record struct ResumeToken(long Treasures, long Hunt, long At)
{
    /// <summary>The client has no state.</summary>
    public static readonly ResumeToken Start;

    /// <summary>The largest difference between the clocks of two hosts.</summary>
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromSeconds(5);

    /// <summary>A time that is not later than that of the responses, on any host's clock.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeSeconds(At) - MaxClockDifference;

    /// <summary>Parses an id. A malformed one is <see cref="Start"/>: the client then gets too much, never too little.</summary>
    public static ResumeToken Parse(string? id)
    {
        Span<long> parts = stackalloc long[3];
        var count = 0;
        foreach (var range in id.AsSpan().Split('-'))
        {
            if (count == parts.Length
                || !long.TryParse(id.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out parts[count++]))
            {
                return Start;
            }
        }

        return count == parts.Length && parts[2] <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new ResumeToken(parts[0], parts[1], Math.Max(parts[2], (long)MaxClockDifference.TotalSeconds))
            : Start;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Treasures}-{Hunt}-{At}");
}
