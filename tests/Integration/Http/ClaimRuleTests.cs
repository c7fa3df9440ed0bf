using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Claims that a worker rejects.</summary>
public class ClaimRuleTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task A_claim_that_breaks_a_rule_gets_a_rejected_outcome()
    {
        var huntId = await Admin.OpenHunt(playerLimit: 1);
        var (goose, swan) = (await Admin.Hide(huntId, stock: 5, proof: "under the bridge"), await Admin.Hide(huntId));

        Assert.Equal(("200", Reasons.ProofMissing), await Claim(goose, "no-proof", null));
        Assert.Equal(("200", Reasons.ProofWrong), await Claim(goose, "wrong-proof", "in the tree"));
        Assert.Equal(("200", Outcomes.Won), await Claim(goose, "right-proof", "under the bridge"));
        Assert.Equal(("200", Reasons.AlreadyClaimed), await Claim(goose, "again", "under the bridge"));
        Assert.Equal(("200", Reasons.PlayerLimitReached), await Claim(swan, "another", null));

        async Task<(string, string)> Claim(string treasureId, string key, string? proof)
        {
            var answer = await Alice.Claim(treasureId, key, proof);
            return (answer.Problem, answer.Outcome);
        }
    }

    [Fact]
    public async Task Ten_wrong_proofs_end_the_attempts_of_a_player()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), proof: "under the bridge");
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(Reasons.ProofWrong, (await Alice.Claim(treasureId, $"key-{n}", "in the tree")).Outcome);
        }

        Assert.Equal(Reasons.TooManyAttempts, (await Alice.Claim(treasureId, "key-10", "under the bridge")).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "key", "under the bridge")).Outcome);
    }
}
