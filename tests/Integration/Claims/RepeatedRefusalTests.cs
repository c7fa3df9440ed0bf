using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>A player whose repeated claims are all refused.</summary>
public sealed class RepeatedRefusalTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Six_hundred_refused_claims_record_few_events_and_each_gets_an_outcome()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 1_000);
        var alice = Engine.Player("alice");
        await alice.Wins(treasureId, "the-one-that-wins");

        var waiting =
            await Task.WhenAll(
                Enumerable.Range(0, 300).Select(
                    n => OutcomeOf(alice, treasureId, $"waiting-{n.ToString(CultureInfo.InvariantCulture)}", wait: 20)));
        var polling =
            await Task.WhenAll(
                Enumerable.Range(0, 300).Select(
                    n => OutcomeOf(alice, treasureId, $"polling-{n.ToString(CultureInfo.InvariantCulture)}", wait: 0)));

        Assert.All(waiting.Concat(polling), outcome => Assert.True(outcome is Reasons.AlreadyClaimed or Reasons.TooManyRefusals, outcome));
        // Each of the two workers records twenty refusals when a shard moves from one to the other.
        Assert.InRange((await Engine.EventStore.OfTreasure(treasureId)).Refusals().Count, 20, 40);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "1")).Outcome);
    }

    private static async Task<string> OutcomeOf(ApiCaller player, string treasureId, string key, int wait)
    {
        var claimId = Ids.ForClaim("alice", treasureId, key);
        await Poll.Until(
            "the claim is accepted", async () => await player.Claim(treasureId, key, wait: wait) is { Problem: "200" or "202" });
        return (await player.WaitForOutcome(claimId)).Outcome;
    }
}
