using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace TreasureHunt.ReadModels;

/// <summary>
/// A read model as the caches hold it: <c>{sequence}|{json}</c>. The sequence is the log position that the JSON is true for;
/// it travels inside the value, so that value and sequence can never come apart. This is a storage format.
/// </summary>
/// <param name="Sequence">0 or more.</param>
/// <param name="Json">UTF-8; not looked into.</param>
[SuppressMessage("Naming", "CA1720", Justification = "JSON is what it is.")]
public readonly record struct VersionedValue(long Sequence, ReadOnlyMemory<byte> Json)
{
    private const byte Separator = (byte)'|';
    private const int MaxSequenceDigits = 19;

    /// <summary>
    /// What a cache holds for a key whose state at that sequence cannot be written: no JSON. It takes the place of an older
    /// state, so that no reader takes that for the current one.
    /// </summary>
    public static VersionedValue NotWritable(long sequence) => new(sequence, ReadOnlyMemory<byte>.Empty);

    /// <summary>Whether this is a <see cref="NotWritable"/>: there is a state, and it lies elsewhere or nowhere.</summary>
    public bool IsNotWritable => Json.IsEmpty;

    /// <summary>Reads the stored form. <see cref="Json"/> is a slice of the given bytes, not a copy.</summary>
    /// <exception cref="FormatException">The bytes have another form.</exception>
    public static VersionedValue Parse(ReadOnlyMemory<byte> bytes) =>
        TryParse(bytes, out var value) ? value : throw new FormatException("A stamped value is {sequence}|{json}.");

    /// <summary>Reads the stored form, if it is one. <see cref="Json"/> is a slice of the given bytes, not a copy.</summary>
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

    /// <summary>The stored form.</summary>
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
