using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>What one caller may have, and what pages of other origins may do, at an Api that is configured for it.</summary>
public sealed class CallerLimitTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task A_player_has_a_budget_of_claims_and_is_told_what_is_left()
    {
        // A token comes back in an hour and more: time does not decide what is seen here.
        var host =
            await Engine.Add(
                "api-limited", ("RateLimits__PlayerPerSecond", "0.01"), ("RateLimits__PlayerBurst", "3"), ("Cors__Origins__0", Shop));
        var (alice, bob) = (Engine.Player("alice", host.Name), Engine.Player("bob", host.Name));

        var answers = new List<ApiResponse>();
        for (var n = 0; n < 5; n++)
        {
            answers.Add(await alice.Claim("no-such-treasure", $"key-{n}"));
        }

        // What the claims are told besides is not the matter here.
        Assert.Equal([false, false, false, true, true], answers.Select(answer => answer.Problem == "429 too-many-requests"));
        Assert.Equal(
            ["\"player\";r=2;t=100", "\"player\";r=1;t=200", "\"player\";r=0;t=300"],
            answers.Take(3).Select(answer => answer.Headers["RateLimit"]));
        Assert.All(answers, answer => Assert.Equal("\"player\";q=3;w=300", answer.Headers["RateLimit-Policy"]));
        Assert.Matches("^\"player\";r=0;t=(100|[1-9][0-9])$", answers[4].Headers["RateLimit"]);
        Assert.InRange(int.Parse(answers[4].Headers["Retry-After"], null), 10, 103);
        Assert.NotEqual("429 too-many-requests", (await bob.Claim("no-such-treasure", "key")).Problem);
        Assert.NotEqual("429 too-many-requests", (await alice.Get("/v1/hunts")).Problem);

        await APageOfAConfiguredOriginMayCall(host);
        await host.Kill();
    }

    [Fact]
    public async Task A_storefront_has_a_budget_for_all_of_its_players_and_each_of_them_has_its_own()
    {
        var host = await Engine.Add(
            "api-limited-shop", ("RateLimits__PlayerPerSecond", "0.01"), ("RateLimits__PlayerBurst", "2"),
            ("RateLimits__StorefrontPerSecond", "0.01"), ("RateLimits__StorefrontBurst", "4"));
        var shop = Engine.Storefront("shop:", host.Name);
        var other = shop with { Token = ApiCallers.Token(Audiences.Storefront, "other", token => token.Claims["players"] = "shop:") };

        var answers = new List<ApiResponse>();
        foreach (var player in (string[])["a", "a", "a", "b", "c", "d"])
        {
            answers.Add(await Claim(shop, player, answers.Count));
        }

        // A player that is over its own budget takes nothing of the storefront's.
        Assert.Equal([false, false, true, false, false, true], answers.Select(answer => answer.Problem == "429 too-many-requests"));
        Assert.Equal(
            [
                "\"player\";r=1;t=100, \"storefront\";r=3;t=100", "\"player\";r=0;t=200, \"storefront\";r=2;t=200",
                "\"player\";r=1;t=100, \"storefront\";r=1;t=300", "\"player\";r=1;t=100, \"storefront\";r=0;t=400",
            ],
            new[] { 0, 1, 3, 4 }.Select(n => answers[n].Headers["RateLimit"]));
        Assert.Matches("^\"player\";r=0;t=(100|[1-9][0-9])$", answers[2].Headers["RateLimit"]);
        Assert.Matches("^\"player\";r=1;t=100, \"storefront\";r=0;t=(100|[1-9][0-9])$", answers[5].Headers["RateLimit"]);
        Assert.Equal("\"player\";q=2;w=200, \"storefront\";q=4;w=400", answers[5].Headers["RateLimit-Policy"]);
        Assert.InRange(int.Parse(answers[5].Headers["Retry-After"], null), 10, 103);
        Assert.NotEqual("429 too-many-requests", (await Claim(other, "e", 0)).Problem);
        await host.Kill();

        static Task<ApiResponse> Claim(ApiCaller shop, string player, int key) =>
            shop.Post(
                "/v1/treasures/no-such-treasure/claims", null, ("Idempotency-Key", $"key-{key}"), ("Prefer", "wait=20"),
                ("Hunt-Player", $"shop:{player}"));
    }

    private async Task APageOfAConfiguredOriginMayCall(HostProcess host)
    {
        using var proxy = await Proxy.Start(Engine.Http, host.Url, host.Url);
        (string, string)[] preflight = [
            ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,idempotency-key,prefer")];

        var allowed =
            await proxy.Send(Engine.Http, HttpMethod.Options, "/v1/treasures/goose/claims", null, [("Origin", Shop), .. preflight]);
        Assert.Equal(("204", Shop), (allowed.Problem, allowed.Headers["Access-Control-Allow-Origin"]));
        Assert.Contains("Idempotency-Key", allowed.Headers["Access-Control-Allow-Headers"], StringComparison.OrdinalIgnoreCase);

        var refused =
            await proxy.Send(
                Engine.Http, HttpMethod.Options, "/v1/treasures/goose/claims", null, [("Origin", "https://other.example"), .. preflight]);
        Assert.False(refused.Headers.ContainsKey("Access-Control-Allow-Origin"));

        // A problem that an exception ends in has them too.
        foreach (var path in (string[])["/v1/status", "/v1/hunts/x/leaderboard?top=many", "/v1/nowhere"])
        {
            Assert.Equal(
                Shop, (await proxy.Send(Engine.Http, HttpMethod.Get, path, null, ("Origin", Shop))).Headers["Access-Control-Allow-Origin"]);
        }

        // A shared cache keeps what the page gets apart from what others get.
        foreach (var headers in ((string, string)[][])[[("Origin", Shop)], [("Origin", "https://other.example")], []])
        {
            Assert.Equal(
                ["Authorization", "Origin"],
                (await proxy.Send(Engine.Http, HttpMethod.Get, "/v1/hunts", null, headers)).Headers["Vary"].Split(
                    ',', StringSplitOptions.TrimEntries));
        }

        Assert.Contains(
            "Idempotency-Replayed",
            (await proxy.Send(Engine.Http, HttpMethod.Get, "/v1/hunts", null, ("Origin", Shop))).Headers["Access-Control-Expose-Headers"],
            StringComparison.Ordinal);
    }
}
