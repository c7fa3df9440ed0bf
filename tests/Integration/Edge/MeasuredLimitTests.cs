using TreasureHunt.Api.Admission;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The limits that the Apis report: the proxy refuses requests above them.</summary>
public sealed class MeasuredLimitTests : EdgeTests
{
    private static readonly (string, string) Waiting = ("Prefer", "wait=30");
    private static readonly (string, string) WaitingInOtherWords = ("Prefer", "respond-async, wait=30");

    [Theory]
    [InlineData("first", 2)]
    [InlineData("leastconn", 4)]
    public async Task The_limit_of_each_Api_holds_for_claims(string balance, int admitted)
    {
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", balance));
        await Report(2, () => Ask(proxy, Claims), () => Ask(proxy, Claims, Waiting));
        Hold("claims", "waiting-claims");

        var held = Enumerable.Range(0, admitted).SelectMany(_ => new[] { Ask(proxy, Claims), Ask(proxy, Claims, Waiting) }).ToList();
        await WaitForRequests("both pools are full", held, () => (Held("claims"), Held("waiting-claims")) == (admitted, admitted));

        Assert.Equal("429 intake-full", (await Ask(proxy, Claims)).Problem);
        Assert.Equal("429 intake-full", (await Ask(proxy, Claims, ("Prefer", "wait=0"))).Problem);
        Assert.Equal("429 intake-full", (await Ask(proxy, Claims, Waiting)).Problem);
        Assert.Equal("429 intake-full", (await Ask(proxy, Claims, WaitingInOtherWords)).Problem);
        Assert.All(held, request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task Other_requests_have_other_limits()
    {
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", "first"));
        await Report(0, () => Ask(proxy, Claims), () => Ask(proxy, Claims, Waiting));

        Assert.Equal("429 intake-full", (await Ask(proxy, Claims)).Problem);
        Assert.Equal("200", (await Ask(proxy, "/v1/claims")).Problem);
        Assert.Equal("200", (await Ask(proxy, "/v1/hunts/x/open")).Problem);
        Assert.Equal("200", (await Read(proxy)).Problem);
    }

    [Fact]
    public async Task The_limit_holds_for_reads()
    {
        var proxy = await StartProxy();
        await Report(0, () => Read(proxy));

        Assert.Equal("429 reads-full", (await Read(proxy)).Problem);
        Assert.Equal("200", (await Ask(proxy, Claims)).Problem);
    }

    [Fact]
    public async Task A_higher_limit_holds_from_the_next_response_on()
    {
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", "first"));
        await Report(1, () => Ask(proxy, Claims));
        First.ReportedLimit = 2;
        Assert.Equal("200", (await Ask(proxy, Claims)).Problem);
        Hold("claims");

        var held = new[] { Ask(proxy, Claims), Ask(proxy, Claims) };

        await WaitForRequests("both claims are admitted", held, () => Held("claims") == 2);
    }

    [Fact]
    public async Task A_connection_that_sends_its_next_request_at_once_is_not_refused()
    {
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", "first"));
        await Report(0, () => Ask(proxy, Claims));

        var requests = string.Concat(Enumerable.Repeat($"POST {Claims} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 2))
            + $"POST {Claims} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var answers = await proxy.Raw(requests);

        Assert.Matches("(?s)^HTTP/1.1 429 .*HTTP/1.1 200 .*HTTP/1.1 200 ", answers);
        Assert.DoesNotContain(PoolLimits.HeaderName, answers, StringComparison.OrdinalIgnoreCase);
    }

    private async Task Report(int limit, params Func<Task<ApiResponse>>[] asks)
    {
        (First.ReportedLimit, Second.ReportedLimit) = (limit, limit);
        foreach (var ask in asks)
        {
            Assert.Equal("200", (await ask()).Problem);
        }
    }

    // A connection for each request, because one that sends its next request at once is not refused.
    private static async Task<ApiResponse> Ask(Proxy proxy, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Poll.Timeout };
        return await proxy.Post(http, path, null, headers);
    }

    private static async Task<ApiResponse> Read(Proxy proxy)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Poll.Timeout };
        return await proxy.Get(http, "/v1/hunts");
    }
}
