using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Unicode;

namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>
/// Writes requests in memcached's meta protocol. The reply repeats the number of the flag <c>O</c>, which proves that it belongs to the
/// request.
/// </summary>
internal static class RequestWriter
{
    /// <summary>Longer than any line: a key of 250 bytes, a verb, and flags with numbers of at most 20 digits.</summary>
    private const int MaxLineBytes = 400;

    public static void Write(IBufferWriter<byte> output, in Request request, uint opaque)
    {
        var line = output.GetSpan(MaxLineBytes);
        var invariant = CultureInfo.InvariantCulture;
        var (key, seconds, size, token) = (request.Key, request.Seconds, request.Value.Length, request.Lease?.Token ?? 0);
        int written;
        var fits = request.Verb switch
        {
            Verb.Get => Utf8.TryWrite(line, invariant, $"mg {key} v c N{seconds} O{opaque}\r\n", out written),
            Verb.Peek => Utf8.TryWrite(line, invariant, $"mg {key} v c O{opaque}\r\n", out written),
            Verb.Add => Utf8.TryWrite(line, invariant, $"ms {key} {size} ME T{seconds} O{opaque}\r\n", out written),
            Verb.Fill => Utf8.TryWrite(line, invariant, $"ms {key} {size} C{token} T{seconds} O{opaque}\r\n", out written),
            Verb.Ping => Utf8.TryWrite(line, invariant, $"mn\r\n", out written),
            _ => throw new UnreachableException(),
        };
        if (!fits)
        {
            throw new UnreachableException("A key is at most 250 bytes.");
        }

        output.Advance(written);
        if (request.Verb is Verb.Add or Verb.Fill)
        {
            output.Write(request.Value.Span);
            output.Write("\r\n"u8);
        }
    }
}
