using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The values that a batch of events changed, as they are published: a line with the range of the batch, then two lines for each value, an
/// id and the <see cref="VersionedValue"/>. The ranges of consecutive batches are adjacent, so a subscriber finds lost messages.
/// </summary>
/// <param name="After">The sequence after which the range of the batch begins.</param>
/// <param name="UpTo">The last sequence of the range.</param>
/// <param name="Changes">
/// The changed values: a view with its <see cref="ViewName"/>, or a claim with its player's id. A batch without changes is published too.
/// </param>
public sealed record PublishedChanges(long After, long UpTo, IReadOnlyList<(string Id, VersionedValue Value)> Changes)
{
    private const byte LineEnd = (byte)'\n';
    private const byte Space = (byte)' ';

    /// <summary>Returns the published format. Neither ids nor JSON of one value have line ends.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{After} {UpTo}\n")));
        foreach (var (id, value) in Changes)
        {
            bytes.Write(Encoding.UTF8.GetBytes(id));
            bytes.WriteByte(LineEnd);
            bytes.Write(value.ToBytes());
            bytes.WriteByte(LineEnd);
        }

        return bytes.ToArray();
    }

    /// <summary>Tries to parse the published format. The values are slices of the given bytes, not copies.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PublishedChanges? changes)
    {
        changes = null;
        if (!TryReadLine(ref bytes, out var range) || !TryParseRange(range.Span, out var after, out var upTo))
        {
            return false;
        }

        var values = new List<(string Id, VersionedValue Value)>();
        while (!bytes.IsEmpty)
        {
            if (!TryReadLine(ref bytes, out var id) || !TryReadLine(ref bytes, out var line)
                || !VersionedValue.TryParse(line, out var value))
            {
                return false;
            }

            values.Add((Encoding.UTF8.GetString(id.Span), value));
        }

        changes = new PublishedChanges(after, upTo, values);
        return true;
    }

    private static bool TryReadLine(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> line)
    {
        var length = bytes.Span.IndexOf(LineEnd);
        line = length < 0 ? default : bytes[..length];
        bytes = bytes[(length + 1)..];
        return length >= 0;
    }

    private static bool TryParseRange(ReadOnlySpan<byte> line, out long after, out long upTo)
    {
        upTo = 0;
        return Utf8Parser.TryParse(line, out after, out var used) && used < line.Length && line[used] == Space
            && Utf8Parser.TryParse(line[(used + 1)..], out upTo, out var rest) && used + 1 + rest == line.Length;
    }
}
