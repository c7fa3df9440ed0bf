using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The format of read models in the caches: <c>{sequence}|{json}</c>. The JSON is the state at that sequence of the event store. The
/// sequence is part of the value, so that both are always read and written together.
/// </summary>
/// <param name="Sequence">0 or more.</param>
/// <param name="Json">UTF-8; not validated.</param>
[SuppressMessage("Naming", "CA1720", Justification = "Json is the format of the value.")]
public readonly record struct VersionedValue(long Sequence, ReadOnlyMemory<byte> Json)
{
    private const byte Separator = (byte)'|';
    private const int MaxSequenceDigits = 19;

    /// <summary>
    /// Returns the value, without JSON, for a key whose state at that sequence cannot be written. It replaces an older state, so that no
    /// reader treats the older state as current.
    /// </summary>
    public static VersionedValue NotWritable(long sequence) => new(sequence, ReadOnlyMemory<byte>.Empty);

    /// <summary>Whether this is a <see cref="NotWritable"/>: the state exists but is not in this cache.</summary>
    public bool IsNotWritable => Json.IsEmpty;

    /// <summary>Parses the stored format. <see cref="Json"/> is a slice of the given bytes, not a copy.</summary>
    /// <exception cref="FormatException">The bytes have another format.</exception>
    public static VersionedValue Parse(ReadOnlyMemory<byte> bytes) =>
        TryParse(bytes, out var value) ? value : throw new FormatException("A versioned value has the format {sequence}|{json}.");

    /// <summary>Tries to parse the stored format. <see cref="Json"/> is a slice of the given bytes, not a copy.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out VersionedValue value)
    {
        if (TryReadSequence(bytes.Span, out var sequence, out var length))
        {
            value = new VersionedValue(sequence, bytes[(length + 1)..]);
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Returns the stored format.</summary>
    /// <exception cref="InvalidOperationException">The sequence is negative.</exception>
    public byte[] ToBytes()
    {
        if (Sequence < 0)
        {
            throw new InvalidOperationException("A sequence is 0 or more.");
        }

        Span<byte> digits = stackalloc byte[MaxSequenceDigits];
        Utf8Formatter.TryFormat(Sequence, digits, out var length);
        var bytes = new byte[length + 1 + Json.Length];
        digits[..length].CopyTo(bytes);
        bytes[length] = Separator;
        Json.Span.CopyTo(bytes.AsSpan(length + 1));
        return bytes;
    }

    /// <summary>Digits only, as <see cref="ToBytes"/> writes them: no sign, no leading zeros.</summary>
    private static bool TryReadSequence(ReadOnlySpan<byte> bytes, out long sequence, out int length)
    {
        length = bytes[..Math.Min(bytes.Length, MaxSequenceDigits + 1)].IndexOf(Separator);
        sequence = 0;
        if (length < 1 || bytes[..length].ContainsAnyExceptInRange((byte)'0', (byte)'9') || (length > 1 && bytes[0] == '0'))
        {
            return false;
        }

        return Utf8Parser.TryParse(bytes[..length], out sequence, out var used) && used == length;
    }
}
