using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>Claims are compared by the fingerprint of their payload.</summary>
public class PayloadFingerprintTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Concurrent_claims_with_one_key_and_two_proofs_decide_one_payload_and_refuse_the_other()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 100, stock: 100, proof: "oak");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async n =>
            (Proof: n % 4 < 2
                ? "oak" : "elm", Answer: await Engine.Player("alice", n % 2 == 0 ? "api-1" : "api-2").Claim(
                    treasureId, "key", n % 4 < 2 ? "oak" : "elm"))));

        var decided = Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
        var counted = decided.Outcome() == Outcomes.Won ? "oak" : "elm";
        Assert.All(answers, claim => Assert.Equal(claim.Proof == counted ? "200" : "422 idempotency-key-reused", claim.Answer.Problem));
    }

    [Fact]
    public async Task The_recorded_fingerprint_of_a_payload_does_not_reveal_the_proof()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, proof: "under the bridge");
        await Engine.Player("alice").Claim(treasureId, "key", "under the bridge");
        await Engine.Player("bob").Claim(treasureId, "key", "under the bridge");

        var decisions = (await Engine.EventStore.OfTreasure(treasureId)).Decisions();

        Assert.Equal(2, decisions.Select(decision => decision.Fingerprint).Distinct().Count());
        Assert.All(decisions, decision => Assert.InRange(decision.Fingerprint!.Length, 1, 24));
        var feed = await Engine.Admin("projections-1").Get("/admin/events?types=treasure-awarded.v1,claim-refused.v1");
        Assert.DoesNotContain("fingerprint", feed.Text, StringComparison.OrdinalIgnoreCase);
    }
}
