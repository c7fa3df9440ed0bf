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
        var name = $"shop-{Ids.FreshSlug()}";
        var (shop, other) = (Engine.Storefront($"{name}:"), Engine.Storefront($"{name}0:"));

        var claim = await Claim(shop, $"{name}:alice");

        Assert.Equal(
            (Outcomes.Won, $"{name}:alice", Ids.ForClaim($"{name}:alice", treasureId, "key")),
            (claim.Outcome, claim.TextOf("playerId"), claim.ClaimId));
        Assert.Equal("200", (await shop.WaitForOutcome(claim.ClaimId)).Problem);
        Assert.Equal("404 claim-not-found", (await other.Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("404 claim-not-found", (await Engine.Player($"{name}:bob").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("200", (await Engine.Player($"{name}:alice").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal(1, (await shop.Get("/v1/players/me/claims", ("Hunt-Player", $"{name}:alice")))["claims"].GetArrayLength());
        Assert.Equal("403 forbidden", (await shop.Get("/v1/players/me/claims", ("Hunt-Player", "shop2:alice"))).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "shop2:alice")).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "alice")).Problem);
        Assert.Equal("400 invalid-request", (await Claim(shop, $"{name}:a b")).Problem);
        Assert.Equal("400 invalid-request", (await shop.Claim(treasureId, "key")).Problem);
        Assert.Equal(
            "400 invalid-request",
            (await shop.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", $"{name}:a"),
                ("Hunt-Player", $"{name}:b"))).Problem);
        foreach (var prefix in (string[])["", name, ":shop 1:", "*"])
        {
            Assert.Equal("403 forbidden", (await Claim(Engine.Storefront(prefix), $"{name}:alice")).Problem);
        }

        Task<ApiResponse> Claim(ApiCaller caller, string player) =>
            caller.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"), ("Hunt-Player", player));
    }
}
