using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>A storefront claims for its players.</summary>
public class StorefrontTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_storefront_claims_for_players_with_its_prefix_and_reads_their_claims()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var (shop, other) = (Engine.Storefront("shop1:"), Engine.Storefront("shop10:"));

        var claim = await Claim(shop, "shop1:alice");

        Assert.Equal(
            (Outcomes.Won, "shop1:alice", Ids.ForClaim("shop1:alice", treasureId, "key")),
            (claim.Outcome, claim.TextOf("playerId"), claim.ClaimId));
        Assert.Equal("200", (await shop.WaitForOutcome(claim.ClaimId)).Problem);
        Assert.Equal("404 claim-not-found", (await other.Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("404 claim-not-found", (await Engine.Player("shop1:bob").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("200", (await Engine.Player("shop1:alice").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal(1, (await shop.Get("/v1/players/me/claims", ("Hunt-Player", "shop1:alice")))["claims"].GetArrayLength());
        Assert.Equal("403 forbidden", (await shop.Get("/v1/players/me/claims", ("Hunt-Player", "shop2:alice"))).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "shop2:alice")).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "alice")).Problem);
        Assert.Equal("400 invalid-request", (await Claim(shop, "shop1:a b")).Problem);
        Assert.Equal("400 invalid-request", (await shop.Claim(treasureId, "key")).Problem);
        Assert.Equal(
            "400 invalid-request",
            (await shop.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", "shop1:a"),
                ("Hunt-Player", "shop1:b"))).Problem);
        foreach (var prefix in (string[])["", "shop1", ":shop 1:", "*"])
        {
            Assert.Equal("403 forbidden", (await Claim(Engine.Storefront(prefix), "shop1:alice")).Problem);
        }

        Task<ApiResponse> Claim(ApiCaller caller, string player) =>
            caller.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"), ("Hunt-Player", player));
    }
}
