using System.Buffers;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// Reads the lines of a body of NDJSON, piece by piece. Empty lines are skipped. A line that is too long is one line with a problem,
/// however long it is.
/// </summary>
public sealed class NdjsonReader
{
    private bool _skips;

    /// <summary>Reads the next line.</summary>
    /// <param name="buffer">The bytes that were received. What was read is removed from its beginning.</param>
    /// <param name="isEnd">Whether no more bytes follow: the last line needs no line break.</param>
    /// <returns>The line; null when the buffer has no complete one.</returns>
    public ClaimLine? Read(ref ReadOnlySequence<byte> buffer, bool isEnd)
    {
        while (true)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && !isEnd)
            {
                if (_skips || buffer.Length > ClaimLine.MaxBytes)
                {
                    // The rest of the line is not kept.
                    _skips = true;
                    buffer = buffer.Slice(buffer.End);
                }

                return null;
            }

            if (end is null && buffer.IsEmpty && !_skips)
            {
                return null;
            }

            var line = end is { } lineBreak ? buffer.Slice(0, lineBreak) : buffer;
            buffer = end is { } last ? buffer.Slice(buffer.GetPosition(1, last)) : buffer.Slice(buffer.End);
            if (_skips || line.Length > ClaimLine.MaxBytes)
            {
                _skips = false;
                return ClaimLine.TooLong;
            }

            var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
            if (bytes.ContainsAnyExcept(" \t\r"u8))
            {
                return ClaimLine.Parse(bytes);
            }
        }
    }
}
