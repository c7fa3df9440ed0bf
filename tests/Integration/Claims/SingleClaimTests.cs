using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>A claim from the HTTP request to the read model.</summary>
public class SingleClaimTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_winner_gets_the_outcome_at_once_and_reads_it_from_the_other_Api()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        var alice = Engine.Player("alice");

        var won = await alice.Claim(treasureId, "key-1");
        var read = await alice.At("api-2").Get($"/v1/claims/{won.ClaimId}", ("Prefer", "wait=20"));

        Assert.Equal(("200", Outcomes.Won, 1L), (won.Problem, won.Outcome, won.NumberOf("position")));
        Assert.Equal(Ids.ForClaim("alice", treasureId, "key-1"), won.ClaimId);
        Assert.Equal(won.Text, read.Text);
        Assert.Equal(won.ClaimId, Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Awards()).ClaimId);
        await Engine.AssertCleanAudit(huntId);
    }
}
