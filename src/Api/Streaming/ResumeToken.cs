using System.Globalization;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// How far a client of a stream has been told: the id of its events, and what <c>Last-Event-ID</c> gives back. What a
/// treasure looks like is made of three things that come forward independently, so the id has three parts.
/// </summary>
/// <param name="Treasures">
/// Every change of a treasure up to this log position has been told. This is not the position of the treasure just told:
/// changes of a page are told in any order, and one may get lost on the way to this process, so that a higher one proves nothing.
/// </param>
/// <param name="Hunt">The log position of the hunt and of its list of treasures on which the answers were based.</param>
/// <param name="At">The time for which they were given, in Unix seconds: clues appear and hunts open by the clock.</param>
public readonly record struct ResumeToken(long Treasures, long Hunt, long At)
{
    /// <summary>Nothing has been told.</summary>
    public static readonly ResumeToken Nothing;

    /// <summary>Hosts' clocks differ by less than this.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(5);

    /// <summary>A time that was certainly not later than that for which the answers were given.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeSeconds(At) - ClocksDiffer;

    /// <summary>Reads an id. Whatever is none means that nothing has been told: too much is told then, never too little.</summary>
    public static ResumeToken Parse(string? id)
    {
        Span<long> parts = stackalloc long[3];
        var count = 0;
        foreach (var range in id.AsSpan().Split('-'))
        {
            if (count == parts.Length
                || !long.TryParse(id.AsSpan(range), NumberStyles.None, CultureInfo.InvariantCulture, out parts[count++]))
            {
                return Nothing;
            }
        }

        return count == parts.Length && parts[2] <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new ResumeToken(parts[0], parts[1], Math.Max(parts[2], (long)ClocksDiffer.TotalSeconds))
            : Nothing;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Treasures}-{Hunt}-{At}");
}
