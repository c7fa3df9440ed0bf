using System.Buffers;
using System.Text;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class ReplyReaderSpecs
{
    [Fact]
    public void A_value_contains_token_staleness_and_lease()
    {
        var reply = Read("VA 5 c12 t29 O1 X W\r\nhello\r\n");

        Assert.Equal((ReplyCode.Value, 12ul, 1u, true), (reply.Code, reply.Token, reply.Opaque, reply.IsLeaseWon));
        Assert.Equal("hello"u8, reply.Value.Span);
        Assert.True(reply.IsHit);
    }

    [Fact]
    public void A_placeholder_is_a_miss()
    {
        var reply = Read("VA 0 c7 O1 Z\r\n\r\n");

        Assert.False(reply.IsHit);
        Assert.False(reply.IsLeaseWon);
    }

    [Theory]
    [InlineData("HD", ReplyCode.Done)]
    [InlineData("EN", ReplyCode.Absent)]
    [InlineData("NF", ReplyCode.Absent)]
    [InlineData("NS", ReplyCode.Conflict)]
    [InlineData("EX", ReplyCode.Conflict)]
    public void Short_replies_may_contain_the_request_number(string code, object expected)
    {
        Assert.Equal(((ReplyCode)expected, (uint?)9), (Read($"{code} O9\r\n").Code, Read($"{code} O9\r\n").Opaque));
        Assert.Equal(((ReplyCode)expected, (uint?)null), (Read($"{code}\r\n").Code, Read($"{code}\r\n").Opaque));
    }

    [Fact]
    public void A_refusal_contains_the_reason() =>
        Assert.Equal(
            (ReplyCode.Refused, "out of memory storing object"),
            (Read("SERVER_ERROR out of memory storing object\r\n").Code, Read("SERVER_ERROR out of memory storing object\r\n").Refusal));

    private static Reply Read(string text)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.True(ReplyReader.TryRead(ref buffer, out var reply));
        Assert.True(buffer.IsEmpty);
        return reply;
    }
}
