using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>Claims with the same player, treasure and idempotency key are one claim.</summary>
public class ClaimIdentityTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Another_key_or_another_player_is_another_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 3);

        var claims = new[]
        {
            await Engine.Player("alice").Claim(treasureId, "key"),
            await Engine.Player("alice").Claim(treasureId, "other-key"),
            await Engine.Player("bob").Claim(treasureId, "key"),
        };

        Assert.All(claims, claim => Assert.Equal(Outcomes.Won, claim.Outcome));
        Assert.Equal([1L, 2L, 3L], claims.Select(claim => claim.NumberOf("position")!.Value));
        Assert.Equal(3, claims.DistinctBy(claim => claim.ClaimId).Count());
    }

    [Fact]
    public async Task A_winner_that_repeats_its_key_gets_the_win_after_the_stock_is_exhausted()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var won = await Engine.Player("alice").Claim(treasureId, "key");
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.TextOf("status") == "exhausted");

        var again = await Engine.Player("alice", "api-2").Claim(treasureId, "key");
        var late = await Engine.Player("bob").Claim(treasureId, "key");

        Assert.Equal(("200", won.Text), (again.Problem, again.Text));
        Assert.Equal("409 treasure-exhausted", late.Problem);
    }
}
