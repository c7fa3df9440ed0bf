using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The list of the claims of a player.</summary>
public sealed class PlayerClaimListTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_player_sees_its_own_claims_newest_first()
    {
        var player = Engine.Player($"p{Ids.FreshSlug()}");
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), stock: 5, perPlayer: 5);
        var claims = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            claims.Insert(0, (await player.Wins(treasureId, $"key-{n}")).ClaimId);
        }

        await Engine.Player("somebody-else").Wins(treasureId, "key");
        await Poll.Until("the list has all three claims", async () => (await ReadClaims("")).SequenceEqual(claims));
        Assert.Equal(claims[..2], await ReadClaims("?top=2"));

        async Task<IEnumerable<Guid>> ReadClaims(string query) =>
            (await player.Get($"/v1/players/me/claims{query}"))["claims"].EnumerateArray().Select(
                claim => claim.GetProperty("claimId").GetGuid());
    }
}
