using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The address to which the limits apply.</summary>
public sealed class SourceAddressTests : EdgeTests
{
    private const string Greedy = "127.0.0.2";

    [Fact]
    public async Task The_addresses_of_an_IPv6_network_share_one_limit()
    {
        var proxy = await StartProxy(("HUNT_TRUSTED", Greedy), ("HUNT_SOURCE_REQUESTS", "5"));
        using var cdn = Proxy.From(Greedy);

        for (var n = 1; n <= 5; n++)
        {
            Assert.Equal("200", (await Ask($"2001:db8:0:1::{n}")).Problem);
        }

        Assert.Equal("429 too-many-requests", (await Ask("2001:db8:0:1:ffff::1")).Problem);
        Assert.Equal("200", (await Ask("2001:db8:0:2::1")).Problem);

        Task<ApiResponse> Ask(string forwardedFor) => proxy.Send(cdn, HttpMethod.Get, "/v1/hunts", null, ("X-Forwarded-For", forwardedFor));
    }

    [Fact]
    public async Task A_trusted_source_has_no_limit()
    {
        var proxy = await StartProxy(("HUNT_SOURCE_REQUESTS", "1"), ("HUNT_TRUSTED_SOURCES", $"{Greedy} 198.51.100.0/24"));
        using var storefront = Proxy.From(Greedy);

        for (var n = 0; n < 10; n++)
        {
            Assert.Equal("200", (await proxy.Get(storefront, "/v1/hunts")).Problem);
        }
    }

    [Fact]
    public async Task Only_a_trusted_proxy_sets_the_caller_address()
    {
        var proxy = await StartProxy(("HUNT_TRUSTED", Greedy), ("HUNT_SOURCE_REQUESTS", "2"));
        using var cdn = Proxy.From(Greedy);

        var stranger = await Ask(Http, "203.0.113.9");
        Assert.Equal(("127.0.0.1", "http"), (stranger.TextOf("caller"), stranger.TextOf("scheme")));
        for (var n = 1; n < 5; n++)
        {
            // Each caller has a separate limit. Addresses before the last one are set by the caller and ignored.
            var known = await Ask(cdn, $"192.0.2.1, 203.0.113.{n}");
            Assert.Equal(($"203.0.113.{n}", "https"), (known.TextOf("caller"), known.TextOf("scheme")));
        }

        Task<ApiResponse> Ask(HttpClient http, string forwardedFor) =>
            proxy.Send(http, HttpMethod.Get, "/v1/hunts", null, ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", "https"));
    }
}
