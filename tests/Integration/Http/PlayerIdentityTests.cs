using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The player id in a token.</summary>
public class PlayerIdentityTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData("no player")]
    [InlineData("")]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("alice@shop.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task A_subject_that_is_no_player_id_cannot_claim(string subject)
    {
        foreach (var answer in new[] { await Engine.Player(subject).Claim("golden-goose", "key"), await Engine.Player(subject).Get(
            "/v1/players/me/claims") })
        {
            Assert.Equal("403 forbidden", answer.Problem);
            Assert.Equal("The token's claim 'sub' is not a player id: 1 to 64 characters of A-Z a-z 0-9 . _ : -.", answer.TextOf("detail"));
        }
    }

    [Fact]
    public async Task The_player_id_can_come_from_another_token_claim()
    {
        const string Subject = "auth0|5f7c8ec7c33c6c004bbafe82";
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var host = await Engine.StartHost(
            $"api-{Ids.FreshSlug()}", ("Auth__Players__PlayerClaim", "player_id"), ("Visitors__Enabled", "false"));
        var named = new ApiCaller(
            Engine, host.Name, ApiCallers.Token(Audiences.Player, Subject, token => token.Claims["player_id"] = "alice"));

        var won = await named.Wins(treasureId, "key");
        var unnamed = await Engine.Player("alice", host.Name).Claim(treasureId, "key");

        Assert.Equal(("alice", Ids.ForClaim("alice", treasureId, "key")), (won.TextOf("playerId"), won.ClaimId));
        Assert.Equal("200", (await named.WaitForOutcome(won.ClaimId)).Problem);
        Assert.Equal("403 forbidden", unnamed.Problem);
        Assert.Equal(
            "The token's claim 'player_id' is not a player id: 1 to 64 characters of A-Z a-z 0-9 . _ : -.", unnamed.TextOf("detail"));
        await host.Kill();
    }
}
