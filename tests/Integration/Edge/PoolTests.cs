using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Requests that take long on purpose never take the places of others.</summary>
public sealed class PoolTests : EdgeTests
{
    private const string OneClaim = "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";
    private const string Claims = "/v1/treasures/goose/claims";
    private static readonly (string, string) Waiting = ("Prefer", "wait=30");

    [Fact]
    public async Task Streams_never_take_the_places_of_reads()
    {
        Hold("streams");
        var proxy = await Proxy(("HUNT_STREAMS", "10"), ("HUNT_READS", "5"));

        var streams = Enumerable.Range(0, 10).Select(_ => Read(proxy, "/v1/hunts/x/stream")).ToList();
        await UnderWay("ten streams are open", streams, () => Held("streams") == 10);
        var eleventh = await Read(proxy, "/v1/hunts/x/stream");

        Assert.Equal(("503 streams-full", "normal"), (eleventh.Problem, eleventh.Headers["Hunt-Status"]));
        Assert.Matches("^[123]$", eleventh.Headers["Retry-After"]);
        Assert.Equal("200", (await Read(proxy, "/v1/hunts")).Problem);
        Assert.All(streams, stream => Assert.False(stream.IsCompleted));
    }

    [Fact]
    public async Task Callers_who_wait_for_outcomes_never_take_the_places_of_reads()
    {
        Hold("long-polls", "claim-reads");
        var proxy = await Proxy(("HUNT_TRUSTED_SOURCES", "127.0.0.1"));

        var polls = Enumerable.Range(0, 230).Select(_ => Read(proxy, OneClaim, Waiting)).ToList();
        polls.AddRange(Enumerable.Range(0, 300).Select(_ => Read(proxy, OneClaim)));
        await UnderWay("all of them are under way", polls, () => (Held("long-polls"), Held("claim-reads")) == (230, 300));

        Assert.Equal("200", (await Read(proxy, "/v1/hunts")).Problem);
        Assert.Equal("200", (await Read(proxy, "/")).Problem);
        Assert.Equal("429 reads-full", (await Read(proxy, OneClaim)).Problem);
        Assert.All(polls, poll => Assert.False(poll.IsCompleted));
    }

    [Fact]
    public async Task Operators_are_answered_while_the_site_has_all_its_connections()
    {
        Hold("reads");
        var proxy = await Proxy(("HUNT_CONNECTIONS", "60"), ("HUNT_SITE_CONNECTIONS", "20"));

        var reads = Enumerable.Range(0, 30).Select(_ => Read(proxy, "/v1/hunts")).ToList();
        await UnderWay("the site has all its connections", reads, () => Held("reads") == 20);

        // On connections of their own: an open one might be used again.
        foreach (var path in (string[])["/health", "/metrics", "/admin/lag"])
        {
            Assert.StartsWith(
                "HTTP/1.1 200 ", await proxy.Raw($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", proxy.Operators),
                StringComparison.Ordinal);
        }

        Assert.Equal(20, Held("reads"));
        Assert.All(reads, read => Assert.False(read.IsCompleted));
    }

    [Fact]
    public void As_it_is_shipped_the_operators_reserve_is_their_limit_and_more()
    {
        var configuration = HostProcess.Document("deploy/haproxy/haproxy.cfg");

        Assert.InRange(Preset("HUNT_STREAMS") + Preset("HUNT_POLLS"), 1, Preset("HUNT_SITE_CONNECTIONS") / 2);
        Assert.InRange(
            Preset("HUNT_CONNECTIONS") - Preset("HUNT_SITE_CONNECTIONS"), Number("(?s)\nfrontend operators .*?\n  maxconn (\\d+)"),
            int.MaxValue);
        Assert.Contains("\n  maxconn \"${HUNT_CONNECTIONS}\"\n", configuration, StringComparison.Ordinal);
        Assert.Matches("(?s)\nfrontend site .*?\n  maxconn \"\\$\\{HUNT_SITE_CONNECTIONS\\}\"\n", configuration);

        int Preset(string name) => Number($"\n  presetenv {name} (\\d+)\n");
        int Number(string pattern) => int.Parse(Regex.Match(configuration, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Every_pool_has_its_own_limit()
    {
        string[] pools = ["waiting-claims", "claims", "reads", "claim-reads", "long-polls", "streams", "administration"];
        Hold(pools);
        var proxy = await Proxy(
            ("HUNT_CLAIMS", "2"), ("HUNT_ACCEPTS", "2"), ("HUNT_READS", "2"), ("HUNT_CLAIM_READS", "2"), ("HUNT_POLLS", "2"),
            ("HUNT_STREAMS", "2"), ("HUNT_ADMINISTRATION", "2"));
        List<Func<Task<ApiResponse>>> asks =
        [
            () => proxy.Post(Http, Claims, null, Waiting), () => proxy.Post(Http, Claims), () => Read(proxy, "/v1/hunts"),
            () => Read(proxy, OneClaim),
            () => Read(proxy, OneClaim, Waiting), () => Read(proxy, "/v1/hunts/x/stream"), () => proxy.Post(Http, "/v1/hunts/x/open"),
        ];

        var held = asks.SelectMany(ask => new[] { ask(), ask() }).ToList();
        await UnderWay("all pools are full", held, () => pools.All(pool => Held(pool) == 2));
        var refused = new List<string>();
        foreach (var ask in asks)
        {
            refused.Add((await ask()).Problem);
        }

        Assert.Equal(
            ["429 intake-full", "429 intake-full", "429 reads-full", "429 reads-full", "429 reads-full", "503 streams-full", "429 too-many-requests"], refused);
        Assert.All(held, request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task A_body_that_comes_slowly_takes_no_place_and_ends_with_408()
    {
        var proxy = await Proxy(("HUNT_ACCEPTS", "1"));
        var slow =
            Enumerable.Range(0, 5).Select(_ => proxy.Raw($"POST {Claims} HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{{\"proof\":"))
                .ToList();

        Assert.Equal("claims", (await proxy.Post(Http, Claims)).Word("pool"));
        Assert.All(
            await Task.WhenAll(slow), answer => Assert.Matches("(?s)^HTTP/1.1 408 .*hunt-status: .*problem:request-timeout", answer));
    }

    [Theory]
    [InlineData("get", "/v1/hunts")]
    [InlineData("post", Claims)]
    [InlineData("TRACE", "/v1/hunts")]
    [InlineData("BREW", "/")]
    public async Task A_method_has_one_spelling(string method, string path)
    {
        var proxy = await Proxy();

        var answer = await proxy.Raw($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Matches("(?s)^HTTP/1.1 405 .*allow: .*problem:method-not-allowed", answer);
    }

    [Fact]
    public async Task What_waits_is_what_the_Api_waits_for()
    {
        var proxy = await Proxy();
        string[] pieces = [
            "wait", "WAIT", "foo", "=", "=", ",", ", ", ";", "\"", "\\", " ", "\t", "0", "5", "007", "99999999999", "-", "\"5\"", "wait=5",
            "x=\"a,b\"", "\\\""];
        var dice = new Random(17);
        string[] headers =
        [
            "wait=05", "xwait=1", "wait=0", "wait=-1", "wait = 3", "Wait=3", "wait=\"3\"", "foo, wait=3;bar", "foo=\"wait=3\"",
            "foo=\"a, wait=3", "wait=no, wait=3", "wait, wait=3", ",,wait=3,,",
            .. Enumerable.Range(0, 500).Select(
                _ => string.Concat(Enumerable.Range(0, dice.Next(1, 9)).Select(_ => pieces[dice.Next(pieces.Length)]))),
        ];

        foreach (var header in headers)
        {
            // As one line, and as two that count as one.
            await Agree(proxy, header, ("Prefer", header));
            await Agree(proxy, header, ("Prefer", "respond-async"), ("Prefer", header));
        }

        await Agree(proxy, "five lines", ("Prefer", "a"), ("Prefer", "b"), ("Prefer", "c"), ("Prefer", "d"), ("Prefer", "wait=5"));
    }

    [Fact]
    public async Task A_caller_cannot_choose_its_pool()
    {
        var proxy = await Proxy();
        var answer = await Read(proxy, "/v1/hunts", ("Hunt-Pool", "streams"), ("Hunt-Reader-From", "api-9"), ("Hunt-Reader-At", "api-9"));

        Assert.Equal("reads", answer.Word("pool"));
        Assert.DoesNotContain("api-9", answer.Text, StringComparison.Ordinal);
    }

    private static async Task Agree(Proxy proxy, string what, params (string Name, string Value)[] lines)
    {
        // HttpClient would write several values of this header into one line.
        var request = string.Concat(lines.Select(line => $"{line.Name}: {line.Value}\r\n"));
        var text = await proxy.Raw($"POST {Claims} HTTP/1.1\r\nHost: x\r\n{request}Content-Length: 0\r\nConnection: close\r\n\r\n");
        var waits = text.Contains("\"pool\":\"waiting-claims\"", StringComparison.Ordinal);

        Assert.True(waits || text.Contains("\"pool\":\"claims\"", StringComparison.Ordinal), text);
        Assert.True(
            text.Contains($"\"waits\":{(waits ? "true" : "false")}", StringComparison.Ordinal),
            $"The proxy and the Api disagree on {what}: {text}");
    }

    private Task<ApiResponse> Read(Proxy proxy, string path, params (string Name, string Value)[] headers) =>
        proxy.Send(Http, HttpMethod.Get, path, null, headers);
}
