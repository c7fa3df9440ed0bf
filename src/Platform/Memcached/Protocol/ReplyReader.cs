using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>Reads replies of memcached's meta protocol.</summary>
internal static class ReplyReader
{
    public const int MaxValueBytes = 64 << 20;

    /// <summary>The longest line from memcached is an error message.</summary>
    private const int MaxLineBytes = 2048;

    private static ReadOnlySpan<byte> EndOfLine => "\r\n"u8;

    /// <summary>Removes one complete reply from the front of the buffer; false, and no change, while the reply is incomplete.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are no reply, or the start of the next reply is unknown: the connection must be closed.
    /// </exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out Reply reply)
    {
        reply = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, EndOfLine))
        {
            return buffer.Length <= MaxLineBytes ? false : throw new InvalidDataException("The server sends a line that does not end.");
        }

        if (line.Length > MaxLineBytes)
        {
            throw new InvalidDataException("The server sent a line that is too long.");
        }

        reply = ReadLine(line.IsSingleSegment ? line.FirstSpan : line.ToArray(), out var size);
        if (reply.Code == ReplyCode.Value)
        {
            if (reader.Remaining < size + EndOfLine.Length)
            {
                return false;
            }

            var value = new byte[size];
            reader.TryCopyTo(value);
            reader.Advance(size);
            if (!reader.IsNext(EndOfLine, advancePast: true))
            {
                throw new InvalidDataException("The server sent a value of another length than it announced.");
            }

            reply = reply with { Value = value };
        }

        buffer = buffer.Slice(reader.Position);
        return true;
    }

    private static Reply ReadLine(ReadOnlySpan<byte> line, out int size)
    {
        size = 0;
        var code = NextWord(ref line);
        if (code.SequenceEqual("VA"u8))
        {
            size = (int)ParseNumber(NextWord(ref line), MaxValueBytes);
            return ReadFlags(new Reply(ReplyCode.Value), line);
        }

        if (code.SequenceEqual("HD"u8))
        {
            return ReadFlags(new Reply(ReplyCode.Done), line);
        }

        if (code.SequenceEqual("EN"u8) || code.SequenceEqual("NF"u8))
        {
            return ReadFlags(new Reply(ReplyCode.Absent), line);
        }

        if (code.SequenceEqual("NS"u8) || code.SequenceEqual("EX"u8))
        {
            return ReadFlags(new Reply(ReplyCode.Conflict), line);
        }

        if (code.SequenceEqual("MN"u8))
        {
            return new Reply(ReplyCode.Pong);
        }

        if (code.SequenceEqual("SERVER_ERROR"u8))
        {
            return new Reply(ReplyCode.Refused, Refusal: Encoding.ASCII.GetString(line));
        }

        // After CLIENT_ERROR and ERROR the server may interpret the bytes of a value as requests: they end the connection too.
        throw new InvalidDataException($"The server sent '{Encoding.ASCII.GetString(code)} {Encoding.ASCII.GetString(line)}'.");
    }

    private static Reply ReadFlags(Reply reply, ReadOnlySpan<byte> flags)
    {
        while (!flags.IsEmpty)
        {
            var flag = NextWord(ref flags);
            reply = (flag.IsEmpty ? 0 : flag[0]) switch
            {
                (byte)'c' => reply with { Token = ParseNumber(flag[1..], ulong.MaxValue) },
                (byte)'O' => reply with { Opaque = (uint)ParseNumber(flag[1..], uint.MaxValue) },
                (byte)'W' => reply with { IsLeaseWon = true },
                _ => reply,
            };
        }

        return reply;
    }

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var word = space < 0 ? line : line[..space];
        line = space < 0 ? default : line[(space + 1)..];
        return word;
    }

    private static ulong ParseNumber(ReadOnlySpan<byte> digits, ulong max) =>
        Utf8Parser.TryParse(digits, out ulong number, out var used) && used == digits.Length && number <= max
            ? number
            : throw new InvalidDataException($"The server sent '{Encoding.ASCII.GetString(digits)}' instead of a number.");
}
