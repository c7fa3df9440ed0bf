using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>A claim from the door to the read model.</summary>
public sealed class OneClaimTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_winner_hears_it_at_once_and_reads_it_at_the_other_door()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        var alice = Engine.Player("alice");

        var told = await alice.Claim(treasureId, "key-1");
        var read = await alice.At("api-2").Get($"/v1/claims/{told.ClaimId}", ("Prefer", "wait=20"));

        Assert.Equal(("200", Outcomes.Won, 1L), (told.Problem, told.Outcome, told.Number("position")));
        Assert.Equal(Ids.ForClaim("alice", treasureId, "key-1"), told.ClaimId);
        Assert.Equal(told.Text, read.Text);
        Assert.Equal(told.ClaimId, Assert.Single((await Engine.Log.OfTreasure(treasureId)).Awards()).ClaimId);
        await Engine.CleanAudit(huntId);
    }
}
