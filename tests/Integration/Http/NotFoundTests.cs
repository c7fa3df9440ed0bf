using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Requests for unknown resources.</summary>
public class NotFoundTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task An_unknown_treasure_is_not_found()
    {
        Assert.Equal("404 treasure-not-found", (await Alice.Claim("no-such-treasure", "key")).Problem);
        var unread = await Alice.Get("/v1/treasures/no-such-treasure");
        Assert.Equal(("404 treasure-not-found", "no-store"), (unread.Problem, unread.Headers["Cache-Control"]));
        Assert.Contains("Hunt-Status", unread.Headers.Keys);
        Assert.Equal("404 treasure-not-found", (await Admin.SendCommand("/v1/treasures/no-such-treasure/withdraw")).Problem);
        Assert.Equal(
            "404 treasure-not-found", (await Admin.SendCommand("/v1/treasures/no-such-treasure/restock", new { units = 1 })).Problem);
    }

    [Fact]
    public async Task An_unknown_hunt_is_not_found()
    {
        Assert.Equal("404 hunt-not-found", (await Alice.Get("/v1/hunts/no-such-hunt")).Problem);
        Assert.Equal("404 hunt-not-found", (await Alice.Get("/v1/hunts/no-such-hunt/leaderboard")).Problem);
        Assert.Equal("404 hunt-not-found", (await Admin.SendCommand("/v1/hunts/no-such-hunt/open")).Problem);
        Assert.Equal(
            "404 hunt-not-found", (await Admin.SendCommand("/v1/hunts/no-such-hunt/treasures", new { name = "x", stock = 1 })).Problem);
    }

    [Fact]
    public async Task An_unknown_claim_is_not_found() =>
        Assert.Equal("404 claim-not-found", (await Alice.Get($"/v1/claims/{Ids.ForClaim("alice", "nothing", "key")}")).Problem);
}
