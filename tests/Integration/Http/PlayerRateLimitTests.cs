using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The rate limit of a player and CORS, at an Api with such settings.</summary>
public class PlayerRateLimitTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task A_player_has_a_claim_rate_limit_and_gets_RateLimit_headers()
    {
        // A token is added every 100 seconds, so that the duration of the test has no effect.
        var host = await Engine.StartHost(
            $"api-{Ids.FreshSlug()}", ("RateLimits__PlayerPerSecond", "0.01"), ("RateLimits__PlayerBurst", "3"),
            ("Cors__Origins__0", Shop));
        var (alice, bob) = (Engine.Player("alice", host.Name), Engine.Player("bob", host.Name));

        var answers = new List<ApiResponse>();
        for (var n = 0; n < 5; n++)
        {
            answers.Add(await alice.Claim("no-such-treasure", $"key-{n}"));
        }

        // Other problems of the claims do not matter in this test.
        Assert.Equal([false, false, false, true, true], answers.Select(answer => answer.Problem == "429 too-many-requests"));
        Assert.Equal(
            ["\"player\";r=2;t=100", "\"player\";r=1;t=200", "\"player\";r=0;t=300"],
            answers.Take(3).Select(answer => answer.Headers["RateLimit"]));
        Assert.All(answers, answer => Assert.Equal("\"player\";q=3;w=300", answer.Headers["RateLimit-Policy"]));
        Assert.Matches("^\"player\";r=0;t=(100|[1-9][0-9])$", answers[4].Headers["RateLimit"]);
        Assert.InRange(int.Parse(answers[4].Headers["Retry-After"], null), 10, 103);
        Assert.NotEqual("429 too-many-requests", (await bob.Claim("no-such-treasure", "key")).Problem);
        Assert.NotEqual("429 too-many-requests", (await alice.Get("/v1/hunts")).Problem);

        await AssertCors(host);
        await host.Kill();
    }

    private async Task AssertCors(HostProcess host)
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

        // Problems that result from an exception have the headers, too.
        foreach (var path in (string[])["/v1/status", "/v1/hunts/x/leaderboard?top=many", "/v1/nowhere"])
        {
            Assert.Equal(
                Shop, (await proxy.Send(Engine.Http, HttpMethod.Get, path, null, ("Origin", Shop))).Headers["Access-Control-Allow-Origin"]);
        }

        // The header Vary makes a shared cache store responses by origin.
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
