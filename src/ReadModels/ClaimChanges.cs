using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The claims that a batch of events changed, as they are published: a line with the range of the batch, then two lines for each claim, its
/// player and its <see cref="VersionedValue"/>. The ranges of consecutive batches are adjacent, so a subscriber finds lost messages.
/// </summary>
/// <param name="After">The sequence after which the range of the batch begins.</param>
/// <param name="UpTo">The last sequence of the range.</param>
/// <param name="Claims">The players and values of the changed claims. A batch without claims is published too.</param>
public sealed record ClaimChanges(long After, long UpTo, IReadOnlyList<(string PlayerId, VersionedValue Claim)> Claims)
{
    private const byte LineEnd = (byte)'\n';
    private const byte Space = (byte)' ';

    /// <summary>Returns the published format. Neither player ids nor JSON of one value have line ends.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{After} {UpTo}\n")));
        foreach (var (playerId, claim) in Claims)
        {
            bytes.Write(Encoding.UTF8.GetBytes(playerId));
            bytes.WriteByte(LineEnd);
            bytes.Write(claim.ToBytes());
            bytes.WriteByte(LineEnd);
        }

        return bytes.ToArray();
    }

    /// <summary>Tries to parse the published format. The values are slices of the given bytes, not copies.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ClaimChanges? changes)
    {
        changes = null;
        if (!TryReadLine(ref bytes, out var range) || !TryParseRange(range.Span, out var after, out var upTo))
        {
            return false;
        }

        var claims = new List<(string PlayerId, VersionedValue Claim)>();
        while (!bytes.IsEmpty)
        {
            if (!TryReadLine(ref bytes, out var playerId) || !TryReadLine(ref bytes, out var value)
                || !VersionedValue.TryParse(value, out var claim))
            {
                return false;
            }

            claims.Add((Encoding.UTF8.GetString(playerId.Span), claim));
        }

        changes = new ClaimChanges(after, upTo, claims);
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
