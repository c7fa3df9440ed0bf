using System.Buffers;
using System.Text;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The bytes of the requests.</summary>
public sealed class RequestWriterSpecs
{
    private static readonly CacheLease Lease = new(ulong.MaxValue, connection: 1);

    [Fact]
    public void A_get_requests_value_token_and_lease() =>
        Assert.Equal("mg th:1 v c N30 O7\r\n", Written(new Request(Verb.Get, "th:1", 30)));

    [Fact]
    public void A_peek_requests_no_lease() => Assert.Equal("mg k v c O7\r\n", Written(new Request(Verb.Peek, "k")));

    [Fact]
    public void An_add_requires_an_absent_key() =>
        Assert.Equal("ms k 5 ME T60 O7\r\nhello\r\n", Written(new Request(Verb.Add, "k", 60, "hello"u8.ToArray())));

    [Fact]
    public void A_fill_contains_the_token_of_its_lease() =>
        Assert.Equal("ms k 2 C18446744073709551615 T60 O7\r\nhi\r\n", Written(new Request(Verb.Fill, "k", 60, "hi"u8.ToArray(), Lease)));

    [Fact]
    public void A_ping_has_no_request_number() => Assert.Equal("mn\r\n", Written(new Request(Verb.Ping, "")));

    [Fact]
    public void The_longest_line_fits()
    {
        var key = new string('k', 250);
        var request = new Request(Verb.Fill, key, int.MaxValue, new byte[1_000_000], Lease);
        Assert.StartsWith(
            $"ms {key} 1000000 C18446744073709551615 T2147483647 O4294967295\r\n\0", Written(request, uint.MaxValue),
            StringComparison.Ordinal);
    }

    private static string Written(Request request, uint opaque = 7)
    {
        var output = new ArrayBufferWriter<byte>();
        RequestWriter.Write(output, request, opaque);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
