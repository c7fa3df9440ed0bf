using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The access of players to claims.</summary>
public class ClaimAccessTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_player_claims_only_for_itself()
    {
        Assert.Equal(
            "403 forbidden",
            (await Engine.Player("alice").Post(
                "/v1/treasures/golden-goose/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", "bob"))).Problem);
        Assert.Equal("403 forbidden", (await Engine.Player("alice").Get("/v1/players/me/claims", ("Hunt-Player", "bob"))).Problem);
        Assert.Equal("200", (await Engine.Player("alice").Get("/v1/players/me/claims", ("Hunt-Player", "alice"))).Problem);
    }

    [Fact]
    public async Task A_claim_of_another_player_is_not_found_and_an_administrator_sees_it()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var claim = await Engine.Player("alice").Claim(treasureId, "key");
        await Engine.Player("alice").WaitForOutcome(claim.ClaimId);

        var path = $"/v1/claims/{claim.ClaimId}";
        Assert.Equal("404 claim-not-found", (await Engine.Player("bob").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Player("alice").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Admin().Get(path)).Problem);
    }

    [Fact]
    public async Task Hunts_treasures_and_leaderboards_are_public()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);

        foreach (var path in (string[])[
            "/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/treasures/{treasureId}"])
        {
            Assert.Equal("200", (await Engine.Anonymous().Get(path)).Problem);
        }
    }
}
