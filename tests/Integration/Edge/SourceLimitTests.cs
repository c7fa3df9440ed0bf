using System.Net.Sockets;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The connections and the request rate of one source address.</summary>
public sealed class SourceLimitTests : EdgeTests
{
    private const string Greedy = "127.0.0.2";

    [Fact]
    public async Task One_source_cannot_use_all_connections()
    {
        var proxy = await StartProxy(("HUNT_SOURCE_CONNECTIONS", "20"), ("HUNT_SITE_CONNECTIONS", "100"), ("HUNT_CONNECTIONS", "300"));
        var idle = new List<TcpClient>();
        for (var n = 0; n < 150; n++)
        {
            try
            {
                idle.Add(await proxy.Connect(from: Greedy));
            }
            catch (SocketException)
            {
                // The proxy closed the connection.
            }
        }

        await Poll.Until("all connections above the limit are closed", () => idle.Count(IsOpen) == 20);
        Assert.Equal("200", (await proxy.Get(Http, "/v1/hunts")).Problem);
        idle.ForEach(connection => connection.Dispose());

        static bool IsOpen(TcpClient client) => !(client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0);
    }

    [Fact]
    public async Task The_request_rate_of_one_source_is_limited()
    {
        var proxy = await StartProxy(("HUNT_SOURCE_REQUESTS", "20"));
        using var greedy = Proxy.From(Greedy);

        var refused =
            await Poll.For(
                "a request is refused", async () => await proxy.Get(greedy, "/v1/hunts") is { Problem: not "200" } answer ? answer : null);

        Assert.Equal(("429 too-many-requests", "no-store"), (refused.Problem, refused.Headers["Cache-Control"]));
        Assert.Matches("^[123]$", refused.Headers["Retry-After"]);
        Assert.Equal(
            ("\"address\";q=20;w=10", "\"address\";r=0;t=10"), (refused.Headers["RateLimit-Policy"], refused.Headers["RateLimit"]));
        Assert.Equal("200", (await proxy.Get(Http, "/v1/hunts")).Problem);
    }
}
