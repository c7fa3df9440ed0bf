using System.Buffers;
using System.Text;
using CsCheck;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Replies that arrive in several segments.</summary>
public sealed class ReplySegmentSpecs
{
    private const string Stream =
        "VA 5 c12 O1 X W\r\nhello\r\nEN O2\r\nVA 0 c3 O3 Z\r\n\r\nHD O4\r\nVA 6 c4 O5\r\na\r\nb\r\n\r\nSERVER_ERROR object too large for cache\r\nNS O6\r\nMN\r\n";

    [Fact]
    public void An_incomplete_reply_is_not_consumed()
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
    public void Replies_are_parsed_across_any_segment_boundaries()
    {
        var expected = ReadAll(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Stream)));
        Assert.Equal(8, expected.Count);

        Gen.Int[1, Stream.Length].Array[0, 20].Sample(cuts => ReadAll(Cut(Stream, cuts)).SequenceEqual(expected));
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
