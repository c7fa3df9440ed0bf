using System.Buffers;
using System.Text;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Replies that violate the protocol.</summary>
public sealed class InvalidReplySpecs
{
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
    public void An_invalid_reply_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Read(text));

    [Fact]
    public void A_line_that_is_too_long_is_refused() => Assert.Throws<InvalidDataException>(() => Read(new string('x', 3000)));

    private static Reply Read(string text)
    {
        var buffer = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(text));
        Assert.True(ReplyReader.TryRead(ref buffer, out var reply));
        Assert.True(buffer.IsEmpty);
        return reply;
    }
}
