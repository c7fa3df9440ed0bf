using System.Text;
using CsCheck;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Generators of random and malformed input.</summary>
internal static class FuzzInputs
{
    /// <summary>The maximum duration of a check, to detect a parser that hangs.</summary>
    private static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Difficult input for parsers: range limits, NUL, lone surrogates, line breaks, separators, almost valid values.</summary>
    private static readonly string[] Pieces =
    [
        "", "\0", "\u0001", "\u007f", "\u0085", "\ud800", "\udc00", "\U0001F9A2", "é", "\u202e", "\ufeff", "\u2028", "\r", "\n", "\r\n",
        "\r\n\r\n", "\t", " ", "  ",
        "\"", "'", "\\", "\\u0000", "\\ud800", "/", "//", "..", "%", "%00", "%zz", "*", "-", "--", "_", ":", ";", ",", ",,", "=", "|", "{",
        "}", "[", "]", "{}", "[]", "null",
        "true", "0", "00", "1", "-0", "-1", "+1", "1e400", "NaN", "0x1", "٣", "2147483647", "2147483648", "4294967296",
        "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "W/", "wait", "wait=", "respond-async", new('9', 70),
        new('a', 65), new('x', 3000), new('[', 200),
    ];

    private static readonly Gen<string> Piece = OneOf(Pieces);

    private static readonly Gen<string> Ascii = Gen.Char[' ', '~'].Array[0, 12].Select(characters => new string(characters));

    private static readonly Gen<string> Any = Gen.Int[0, char.MaxValue].Array[0, 12].Select(
        units => new string(Array.ConvertAll(units, unit => (char)unit)));

    /// <summary>Any UTF-16, mixed with the difficult pieces.</summary>
    public static readonly Gen<string> Text = Gen.OneOf(Piece, Ascii, Any).Array[0, 6].Select(string.Concat);

    /// <summary>Any bytes.</summary>
    public static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte.Array[0, 200], Text.Select(Encoding.UTF8.GetBytes));

    /// <summary>One of the given values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>Valid text with one to four mutations.</summary>
    public static Gen<string> Mutated(Gen<string> valid) =>
        Gen.Select(valid, Change.Array[1, 4], (text, changes) => changes.Aggregate(text, Apply));

    /// <summary>Valid bytes with one to four mutations.</summary>
    public static Gen<byte[]> Mutated(Gen<byte[]> valid) =>
        Mutated(valid.Select(bytes => Encoding.Latin1.GetString(bytes))).Select(text => Encoding.Latin1.GetBytes(text));

    /// <summary>Runs a check on many inputs. Fails with the failing input, or when a parser hangs.</summary>
    public static void Check<T>(this Gen<T> inputs, Action<T> check, int times = 10_000) =>
        Assert(Task.Run(() => inputs.Sample(check, iter: times, print: Print)));

    private static readonly Gen<(int Kind, double Where, int Length, string Piece)> Change = Gen.Select(
        Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 8], Piece);

    private static string Apply(string text, (int Kind, double Where, int Length, string Piece) change)
    {
        var at = (int)(change.Where * text.Length);
        var end = Math.Min(text.Length, at + change.Length);
        return change.Kind switch
        {
            // Insert, remove, replace, repeat, truncate.
            0 => text.Insert(at, change.Piece),
            1 => text.Remove(at, end - at),
            2 => string.Concat(text.AsSpan(0, at), change.Piece, text.AsSpan(end)),
            3 => text.Insert(at, text[at..end]),
            _ => text[..at],
        };
    }

    private static void Assert(Task run)
    {
        if (!((IAsyncResult)run).AsyncWaitHandle.WaitOne(HangTimeout))
        {
            Xunit.Assert.Fail("The parser hangs.");
        }

        run.GetAwaiter().GetResult();
    }

    private static string Print<T>(T input) => input switch
    {
        string text => System.Text.Json.JsonSerializer.Serialize(text.Select(unit => (int)unit).ToArray()) + " " + text,
        byte[] bytes => Convert.ToHexString(bytes) + " " + Encoding.Latin1.GetString(bytes),
        _ => $"{input}",
    };
}
