using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>One player who claims over and over what it cannot get.</summary>
public sealed class FloodTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Six_hundred_refused_claims_leave_a_few_events_and_each_is_told()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 1_000);
        var alice = Engine.Player("alice");
        await alice.Wins(treasureId, "the-one-that-wins");

        var waiting =
            await Task.WhenAll(
                Enumerable.Range(0, 300).Select(
                    n => Told(alice, treasureId, $"waiting-{n.ToString(CultureInfo.InvariantCulture)}", wait: 20)));
        var asking =
            await Task.WhenAll(
                Enumerable.Range(0, 300).Select(
                    n => Told(alice, treasureId, $"asking-{n.ToString(CultureInfo.InvariantCulture)}", wait: 0)));

        Assert.All(waiting.Concat(asking), outcome => Assert.True(outcome is Reasons.AlreadyClaimed or Reasons.TooManyRefusals, outcome));
        // Each of the two workers counts to twenty, when a shard has gone from one to the other.
        Assert.InRange((await Engine.Log.OfTreasure(treasureId)).Refusals().Count, 20, 40);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "1")).Outcome);
    }

    private static async Task<string> Told(ApiCaller player, string treasureId, string key, int wait)
    {
        var claimId = Ids.ForClaim("alice", treasureId, key);
        await Faults.Servers.Until.True(
            "it is taken in", async () => await player.Claim(treasureId, key, wait: wait) is { Problem: "200" or "202" });
        return (await player.Outcome(claimId)).Outcome;
    }
}
