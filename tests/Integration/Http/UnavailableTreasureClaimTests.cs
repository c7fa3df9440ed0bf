using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The Api refuses claims for unavailable treasures.</summary>
public class UnavailableTreasureClaimTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task The_Api_refuses_claims_for_exhausted_and_withdrawn_treasures()
    {
        var huntId = await Admin.OpenHunt();
        var (goose, swan) = (await Admin.Hide(huntId), await Admin.Hide(huntId));
        await Engine.Player("bob").Claim(goose, "key");
        Assert.Equal("200", (await Admin.SendCommand($"/v1/treasures/{swan}/withdraw")).Problem);
        await Admin.WaitForTreasure(goose, treasure => treasure.TextOf("status") == "exhausted");
        await Admin.WaitForTreasure(swan, treasure => treasure.TextOf("status") == "withdrawn");

        Assert.Equal("409 treasure-exhausted", (await Alice.Claim(goose, "key")).Problem);
        Assert.Equal("409 treasure-withdrawn", (await Alice.Claim(swan, "key")).Problem);
        Assert.Single((await Engine.EventStore.OfTreasure(goose)).Decisions());
    }
}
