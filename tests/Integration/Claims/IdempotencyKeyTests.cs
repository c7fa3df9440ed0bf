using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>A repeated idempotency key of a player is the same claim.</summary>
public class IdempotencyKeyTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_repeated_key_returns_the_same_outcome_from_both_Apis()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 2);
        var alice = Engine.Player("alice");

        var first = await alice.Claim(treasureId, "key");
        var again = await alice.Claim(treasureId, "key");
        var elsewhere = await alice.At("api-2").Claim(treasureId, "key");

        Assert.Equal(Outcomes.Won, first.Outcome);
        Assert.Equal((first.Text, first.Text), (again.Text, elsewhere.Text));
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task Concurrent_requests_with_one_key_on_both_Apis_are_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 100, stock: 100);

        var answers =
            await Task.WhenAll(
                Enumerable.Range(0, 60).Select(n => Engine.Player("alice", n % 2 == 0 ? "api-1" : "api-2").Claim(treasureId, "key")));

        Assert.All(answers, answer => Assert.Equal("200", answer.Problem));
        Assert.Single(
            answers.Select(answer => (answer.ClaimId, answer.Outcome, answer.NumberOf("position"), answer.TextOf("decidedAt"))).Distinct());
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }
}
