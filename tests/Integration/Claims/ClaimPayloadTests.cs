using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>An idempotency key belongs to one proof.</summary>
public class ClaimPayloadTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_key_with_another_proof_is_refused_with_and_without_wait()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 5, stock: 5, proof: "oak");
        var alice = Engine.Player("alice");
        var wrong = await alice.Claim(treasureId, "key", "elm");
        Assert.Equal(Reasons.ProofWrong, wrong.Outcome);
        await alice.WaitForOutcome(wrong.ClaimId);

        foreach (var api in (string[])["api-1", "api-2"])
        {
            foreach (var wait in (int[])[20, 0])
            {
                Assert.Equal("422 idempotency-key-reused", (await alice.At(api).Claim(treasureId, "key", "oak", wait)).Problem);
                Assert.Equal("422 idempotency-key-reused", (await alice.At(api).Claim(treasureId, "key", null, wait)).Problem);
                var again = await alice.At(api).Claim(treasureId, "key", "elm", wait);
                Assert.Equal(("200", wrong.Text), (again.Problem, again.Text));
            }
        }

        Assert.Equal(Outcomes.Won, (await alice.Claim(treasureId, "another-key", "oak")).Outcome);
        Assert.Equal(2, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task A_win_is_not_returned_for_another_proof_after_the_stock_is_exhausted()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "oak");
        var alice = Engine.Player("alice");
        var won = await alice.Claim(treasureId, "key", "oak");
        Assert.Equal(Outcomes.Won, won.Outcome);
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.TextOf("status") == "exhausted");
        await alice.WaitForOutcome(won.ClaimId);

        Assert.Equal("422 idempotency-key-reused", (await alice.Claim(treasureId, "key", "elm")).Problem);
        Assert.Equal("200", (await alice.Claim(treasureId, "key", "oak")).Problem);
    }
}
