using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Tests of the visibility of hunts and treasures.</summary>
public abstract class PublicationTests(SharedEngine engine) : EngineTests(engine)
{
    protected static readonly string[] ApiNames = ["api-1", "api-2"];

    protected ApiCaller Admin => Engine.Admin();

    protected async Task AssertHuntIsNotPublic(string huntId, string treasureId)
    {
        foreach (var api in ApiNames)
        {
            foreach (var caller in (ApiCaller[])[Engine.Anonymous(api), Engine.Player("alice", api)])
            {
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}")).Problem);
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}/stream")).Problem);
                Assert.False(await IsListed(caller, huntId));
            }

            await AssertTreasureIsNotPublic(api, treasureId);
            Assert.Equal("200", (await Engine.Admin(api).Get($"/v1/hunts/{huntId}")).Problem);
            Assert.Equal("200", (await Engine.Admin(api).Get($"/v1/treasures/{treasureId}")).Problem);
        }
    }

    protected async Task AssertTreasureIsNotPublic(string api, string treasureId)
    {
        var read = await Engine.Anonymous(api).Get($"/v1/treasures/{treasureId}");
        Assert.Equal(("404 treasure-not-found", "no-store"), (read.Problem, read.Headers["Cache-Control"]));
        Assert.Equal("404 treasure-not-found", (await Engine.Player("alice", api).Claim(treasureId, "key")).Problem);
    }

    protected static async Task<bool> IsListed(ApiCaller caller, string huntId) =>
        (await caller.Get("/v1/hunts"))["hunts"].EnumerateArray().Any(line => line.GetProperty("huntId").GetString() == huntId);
}
