using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The rate limit of a storefront.</summary>
public class StorefrontRateLimitTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_storefront_has_a_rate_limit_and_each_of_its_players_has_another()
    {
        var host = await Engine.StartHost(
            $"api-{Ids.FreshSlug()}", ("RateLimits__PlayerPerSecond", "0.01"), ("RateLimits__PlayerBurst", "2"),
            ("RateLimits__StorefrontPerSecond", "0.01"), ("RateLimits__StorefrontBurst", "4"));
        var shop = Engine.Storefront("shop:", host.Name);
        var other = shop with { Token = ApiCallers.Token(Audiences.Storefront, "other", token => token.Claims["players"] = "shop:") };

        var answers = new List<ApiResponse>();
        foreach (var player in (string[])["a", "a", "a", "b", "c", "d"])
        {
            answers.Add(await Claim(shop, player, answers.Count));
        }

        // A player above its own limit uses nothing of the storefront's limit.
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
}
