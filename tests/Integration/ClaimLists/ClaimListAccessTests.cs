using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimLists;

/// <summary>The callers and the rates of requests with several claims.</summary>
public sealed class ClaimListAccessTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Only_players_and_storefronts_claim()
    {
        Assert.Equal("401 unauthenticated", (await Engine.Anonymous().PostClaims([])).Problem);
        Assert.Equal("403 forbidden", (await Engine.Admin().PostClaims([])).Problem);
        Assert.Equal("403 forbidden", (await Engine.Storefront("no-prefix").PostClaims([])).Problem);
        Assert.Equal("403 forbidden", (await Engine.Player("auth0|5f7c8e").PostClaims([])).Problem);
        Assert.Equal("200", (await Engine.Player("alice").PostClaims([])).Problem);
    }

    [Fact]
    public async Task The_rate_limits_count_lines_and_not_requests()
    {
        var host = await Engine.StartHost(
            "api-limited-lists", ("RateLimits__PlayerPerSecond", "0.01"), ("RateLimits__PlayerBurst", "2"),
            ("RateLimits__StorefrontPerSecond", "0.01"), ("RateLimits__StorefrontBurst", "4"));
        var shop = Engine.Storefront("shop:", host.Name);

        var lines = (await shop.PostClaims(((string[])["a", "a", "a", "b", "c", "d"]).Select((player, n) =>
            new { treasureId = "no-such-treasure", playerId = $"shop:{player}", key = $"key-{n}" }))).Lines();

        Assert.Equal(
            [
                "404 treasure-not-found", "404 treasure-not-found", "429 too-many-requests", "404 treasure-not-found",
                "404 treasure-not-found", "429 too-many-requests",
            ],
            lines.Select(line => line.Result));
        Assert.InRange(lines[2].Json.GetProperty("retryAfterMs").GetInt32(), 10_000, 103_000);
        Assert.Matches(
            """(?m)^treasurehunt_refused_requests_total\{.*status="429".*\} 1\s""",
            (await Engine.Anonymous(host.Name).Get("/metrics")).Text);
        await host.Kill();
    }

    [Fact]
    public async Task A_list_passes_the_edge_proxy()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        using var proxy = await Proxy.Start(Engine.Http, Engine.Host("api-1").Url, Engine.Host("api-2").Url);
        var claims = string.Concat(Enumerable.Range(0, 300).Select(n =>
            $"{{\"treasureId\":\"{treasureId}\",\"playerId\":\"lists:{n}\",\"key\":\"{new string('k', 100)}\"}}\n"));

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(proxy.Url, "/v1/claims"))
        {
            Content = new StringContent(claims, System.Text.Encoding.UTF8, ClaimListActions.Ndjson),
            Headers = { Authorization = new("Bearer", Engine.Storefront("lists:").Token) },
        };
        request.Headers.Add("Prefer", "wait=20");
        using var response = await Engine.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await ApiResponse.Of(response)).Lines();

        Assert.Equal((300, 100), (lines.Count, lines.Count(line => line.Result == $"200 {Outcomes.Won}")));
    }
}
