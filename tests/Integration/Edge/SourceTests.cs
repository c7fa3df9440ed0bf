using System.Net.Sockets;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>One address gets its share and no more.</summary>
public sealed class SourceTests : EdgeTests
{
    private const string Greedy = "127.0.0.2";
    private const string OneClaim = "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";

    [Fact]
    public async Task One_source_cannot_take_all_places()
    {
        var proxy = await Proxy(("HUNT_SOURCE_CONNECTIONS", "20"), ("HUNT_SITE_CONNECTIONS", "100"), ("HUNT_CONNECTIONS", "300"));
        var idle = new List<TcpClient>();
        for (var n = 0; n < 150; n++)
        {
            try
            {
                idle.Add(await proxy.Connect(from: Greedy));
            }
            catch (SocketException)
            {
                // Closed before it was used.
            }
        }

        await Until.True("all but its share are closed", () => idle.Count(IsOpen) == 20);
        Assert.Equal("200", (await proxy.Get(Http, "/v1/hunts")).Problem);
        idle.ForEach(connection => connection.Dispose());

        static bool IsOpen(TcpClient client) => !(client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0);
    }

    [Fact]
    public async Task One_source_cannot_send_all_requests()
    {
        var proxy = await Proxy(("HUNT_SOURCE_REQUESTS", "20"));
        using var greedy = Harness.Proxy.From(Greedy);

        var refused =
            await Until.Some(
                "it is refused", async () => await proxy.Get(greedy, "/v1/hunts") is { Problem: not "200" } answer ? answer : null);

        Assert.Equal(("429 too-many-requests", "no-store"), (refused.Problem, refused.Headers["Cache-Control"]));
        Assert.Matches("^[123]$", refused.Headers["Retry-After"]);
        Assert.Equal(
            ("\"address\";q=20;w=10", "\"address\";r=0;t=10"), (refused.Headers["RateLimit-Policy"], refused.Headers["RateLimit"]));
        Assert.Equal("200", (await proxy.Get(Http, "/v1/hunts")).Problem);
    }

    [Fact]
    public async Task The_addresses_of_an_IPv6_network_share()
    {
        var proxy = await Proxy(("HUNT_TRUSTED", Greedy), ("HUNT_SOURCE_REQUESTS", "5"));
        using var cdn = Harness.Proxy.From(Greedy);

        for (var n = 1; n <= 5; n++)
        {
            Assert.Equal("200", (await Ask($"2001:db8:0:1::{n}")).Problem);
        }

        Assert.Equal("429 too-many-requests", (await Ask("2001:db8:0:1:ffff::1")).Problem);
        Assert.Equal("200", (await Ask("2001:db8:0:2::1")).Problem);

        Task<ApiResponse> Ask(string forwardedFor) => proxy.Send(cdn, HttpMethod.Get, "/v1/hunts", null, ("X-Forwarded-For", forwardedFor));
    }

    [Fact]
    public async Task One_source_cannot_have_all_places_of_administrators()
    {
        Hold("administration");
        var proxy = await Proxy(("HUNT_ADMINISTRATION", "10"), ("HUNT_SOURCE_ADMINISTRATION", "3"));
        using var greedy = Harness.Proxy.From(Greedy);

        var held = Enumerable.Range(0, 3).Select(_ => proxy.Post(greedy, "/v1/hunts/x/open")).ToList();
        await UnderWay("it has its share", held, () => Held("administration") == 3);

        Assert.Equal("429 too-many-requests", (await proxy.Post(greedy, "/v1/hunts/x/open")).Problem);
        var other = proxy.Post(Http, "/v1/hunts/x/open");
        await UnderWay("another has a place", [.. held, other], () => Held("administration") == 4);
        Assert.All([.. held, other], request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task One_source_cannot_have_all_streams_and_long_polls()
    {
        Hold("streams", "long-polls");
        var proxy = await Proxy(("HUNT_SOURCE_STREAMS", "6"));
        using var greedy = Harness.Proxy.From(Greedy);

        var held = Enumerable.Range(0, 3).SelectMany(_ => new[] { proxy.Get(greedy, "/v1/hunts/x/stream"), Poll(greedy) }).ToList();
        await UnderWay("it has its share", held, () => (Held("streams"), Held("long-polls")) == (3, 3));

        Assert.Equal("429 too-many-requests", (await proxy.Get(greedy, "/v1/hunts/x/stream")).Problem);
        Assert.Equal("429 too-many-requests", (await Poll(greedy)).Problem);
        Assert.Equal("200", (await proxy.Get(greedy, "/v1/hunts")).Problem);
        var other = proxy.Get(Http, "/v1/hunts/x/stream");
        await UnderWay("another has a stream", [.. held, other], () => Held("streams") == 4);
        Assert.All([.. held, other], stream => Assert.False(stream.IsCompleted));

        Task<ApiResponse> Poll(HttpClient http) => proxy.Send(http, HttpMethod.Get, OneClaim, null, ("Prefer", "wait=30"));
    }

    [Fact]
    public async Task A_trusted_source_has_no_share()
    {
        var proxy = await Proxy(("HUNT_SOURCE_REQUESTS", "1"), ("HUNT_TRUSTED_SOURCES", $"{Greedy} 198.51.100.0/24"));
        using var storefront = Harness.Proxy.From(Greedy);

        for (var n = 0; n < 10; n++)
        {
            Assert.Equal("200", (await proxy.Get(storefront, "/v1/hunts")).Problem);
        }
    }

    [Fact]
    public async Task Only_a_trusted_proxy_says_who_calls()
    {
        var proxy = await Proxy(("HUNT_TRUSTED", Greedy), ("HUNT_SOURCE_REQUESTS", "2"));
        using var cdn = Harness.Proxy.From(Greedy);

        var stranger = await Ask(Http, "203.0.113.9");
        Assert.Equal(("127.0.0.1", "http"), (stranger.Word("caller"), stranger.Word("scheme")));
        for (var n = 1; n < 5; n++)
        {
            // Each of its callers has a share of its own; what stands before the last address is the caller's own word.
            var known = await Ask(cdn, $"192.0.2.1, 203.0.113.{n}");
            Assert.Equal(($"203.0.113.{n}", "https"), (known.Word("caller"), known.Word("scheme")));
        }

        Task<ApiResponse> Ask(HttpClient http, string forwardedFor) =>
            proxy.Send(http, HttpMethod.Get, "/v1/hunts", null, ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", "https"));
    }
}
