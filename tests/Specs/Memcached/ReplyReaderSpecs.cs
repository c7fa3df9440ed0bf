using System.Buffers;
using System.Text;
using CsCheck;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class ReplyReaderSpecs
{
    private const string Stream =
        "VA 5 c12 O1 X W\r\nhello\r\nEN O2\r\nVA 0 c3 O3 Z\r\n\r\nHD O4\r\nVA 6 c4 O5\r\na\r\nb\r\n\r\nSERVER_ERROR object too large for cache\r\nNS O6\r\nMN\r\n";

    [Fact]
    public void A_value_carries_token_staleness_and_lease()
    {
        var reply = Read("VA 5 c12 t29 O1 X W\r\nhello\r\n");

        Assert.Equal((ReplyCode.Value, 12ul, 1u, true, true), (reply.Code, reply.Token, reply.Opaque, reply.Stale, reply.Won));
        Assert.Equal("hello"u8, reply.Value.Span);
        Assert.True(reply.IsHit);
    }

    [Fact]
    public void A_placeholder_is_no_hit()
    {
        var reply = Read("VA 0 c7 O1 Z\r\n\r\n");

        Assert.False(reply.IsHit);
        Assert.False(reply.Won);
    }

    [Theory]
    [InlineData("HD", ReplyCode.Done)]
    [InlineData("EN", ReplyCode.Absent)]
    [InlineData("NF", ReplyCode.Absent)]
    [InlineData("NS", ReplyCode.Conflict)]
    [InlineData("EX", ReplyCode.Conflict)]
    public void Short_replies_may_repeat_the_number(string code, object expected)
    {
        Assert.Equal(((ReplyCode)expected, (uint?)9), (Read($"{code} O9\r\n").Code, Read($"{code} O9\r\n").Opaque));
        Assert.Equal(((ReplyCode)expected, (uint?)null), (Read($"{code}\r\n").Code, Read($"{code}\r\n").Opaque));
    }

    [Fact]
    public void A_refusal_says_why() =>
        Assert.Equal(
            (ReplyCode.Refused, "out of memory storing object"),
            (Read("SERVER_ERROR out of memory storing object\r\n").Code, Read("SERVER_ERROR out of memory storing object\r\n").Refusal));

    [Fact]
    public void A_part_of_a_reply_is_none_and_leaves_the_buffer_as_it_is()
    {
        const string Whole = "VA 5 c12 O1\r\nhello\r\n";
        for (var length = 0; length < Whole.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Whole[..length]));
            Assert.False(ReplyReader.TryRead(ref buffer, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void Wherever_the_network_cuts_the_replies_are_the_same()
    {
        var expected = ReadAll(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Stream)));
        Assert.Equal(8, expected.Count);

        Gen.Int[1, Stream.Length].Array[0, 20].Sample(cuts => ReadAll(Cut(Stream, cuts)).SequenceEqual(expected));
    }

    [Theory]
    [InlineData("ERROR\r\n")]
    [InlineData("CLIENT_ERROR bad data chunk\r\n")]
    [InlineData("VA five c1\r\nhello\r\n")]
    [InlineData("VA -1 c1\r\n\r\n")]
    [InlineData("VA 99999999999 c1\r\n\r\n")]
    [InlineData("VA 5 cX\r\nhello\r\n")]
    [InlineData("VA 5 c1\r\nhello, world\r\n")]
    [InlineData("HD O4294967296\r\n")]
    [InlineData("\r\n")]
    [InlineData("hello\r\n")]
    public void What_is_no_reply_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Read(text));

    [Fact]
    public void A_line_without_end_is_refused() => Assert.Throws<InvalidDataException>(() => Read(new string('x', 3000)));

    private static Reply Read(string text)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.True(ReplyReader.TryRead(ref buffer, out var reply));
        Assert.True(buffer.IsEmpty);
        return reply;
    }

    private static List<string> ReadAll(ReadOnlySequence<byte> buffer)
    {
        var replies = new List<string>();
        while (ReplyReader.TryRead(ref buffer, out var reply))
        {
            replies.Add($"{reply with { Value = default }} {Encoding.ASCII.GetString(reply.Value.Span)}");
        }

        Assert.True(buffer.IsEmpty);
        return replies;
    }

    private static ReadOnlySequence<byte> Cut(string text, int[] cuts)
    {
        var (first, last, start) = ((Segment?)null, (Segment?)null, 0);
        foreach (var end in cuts.Append(text.Length).Order())
        {
            last = new Segment(Encoding.ASCII.GetBytes(text[start..end]), last);
            first ??= last;
            start = end;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }
}
