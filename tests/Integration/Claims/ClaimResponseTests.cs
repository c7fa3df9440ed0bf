using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>Responses to first and repeated claims.</summary>
public class ClaimResponseTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_claim_without_wait_gets_202_with_the_Location_of_its_outcome()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var alice = Engine.Player("alice");

        var accepted = await alice.Claim(treasureId, "key", wait: 0);
        var read = await alice.At("api-2").Get(accepted.Headers["Location"]);

        Assert.Equal(("202", Outcomes.Pending), (accepted.Problem, accepted.Outcome));
        Assert.Equal($"/v1/claims/{accepted.ClaimId}", accepted.Headers["Location"]);
        Assert.Equal("1", accepted.Headers["Retry-After"]);
        Assert.InRange(accepted.NumberOf("pollAfterMs")!.Value, 1, 5000);
        Assert.Equal("200", read.Problem);
        Assert.Equal(Outcomes.Won, (await alice.WaitForOutcome(accepted.ClaimId)).Outcome);
    }

    [Fact]
    public async Task Only_a_replayed_outcome_has_the_header_Idempotency_Replayed()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 2);
        var alice = Engine.Player("alice");

        var first = await alice.Claim(treasureId, "key");
        var waited = await alice.Claim(treasureId, "key");
        await alice.WaitForOutcome(first.ClaimId);
        var known = await alice.At("api-2").Claim(treasureId, "key", wait: 0);

        Assert.Equal(
            [null, "true", "true"],
            new[] { first, waited, known }.Select(answer => answer.Headers.GetValueOrDefault("Idempotency-Replayed")));
    }
}
