using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>The same player, treasure and key are the same claim.</summary>
public sealed class KeyTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_repeated_key_gives_the_same_outcome_at_either_door()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 2);
        var alice = Engine.Player("alice");

        var first = await alice.Claim(treasureId, "key");
        var again = await alice.Claim(treasureId, "key");
        var elsewhere = await alice.At("api-2").Claim(treasureId, "key");

        Assert.Equal(Outcomes.Won, first.Outcome);
        Assert.Equal((first.Text, first.Text), (again.Text, elsewhere.Text));
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_key_repeated_at_the_same_moment_at_both_doors_is_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 100, stock: 100);

        var told = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Engine.Player("alice", n % 2 == 0 ? "api-1" : "api-2").Claim(treasureId, "key")));

        Assert.All(told, answer => Assert.Equal("200", answer.Problem));
        Assert.Single(told.Select(answer => (answer.ClaimId, answer.Outcome, answer.Number("position"), answer.Word("decidedAt"))).Distinct());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task Another_key_or_another_player_is_another_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 3);

        var claims = new[]
        {
            await Engine.Player("alice").Claim(treasureId, "key"),
            await Engine.Player("alice").Claim(treasureId, "other-key"),
            await Engine.Player("bob").Claim(treasureId, "key"),
        };

        Assert.All(claims, claim => Assert.Equal(Outcomes.Won, claim.Outcome));
        Assert.Equal([1L, 2L, 3L], claims.Select(claim => claim.Number("position")!.Value));
        Assert.Equal(3, claims.DistinctBy(claim => claim.ClaimId).Count());
    }

    [Fact]
    public async Task A_winner_who_asks_again_gets_the_win_after_the_last_unit_is_gone()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var won = await Engine.Player("alice").Claim(treasureId, "key");
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Word("status") == "exhausted");

        var again = await Engine.Player("alice", "api-2").Claim(treasureId, "key");
        var late = await Engine.Player("bob").Claim(treasureId, "key");

        Assert.Equal(("200", won.Text), (again.Problem, again.Text));
        Assert.Equal("409 treasure-exhausted", late.Problem);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_where_to_ask()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var alice = Engine.Player("alice");

        var accepted = await alice.Claim(treasureId, "key", wait: 0);
        var read = await alice.At("api-2").Get(accepted.Headers["Location"]);

        Assert.Equal(("202", Outcomes.Pending), (accepted.Problem, accepted.Outcome));
        Assert.Equal($"/v1/claims/{accepted.ClaimId}", accepted.Headers["Location"]);
        Assert.Equal("1", accepted.Headers["Retry-After"]);
        Assert.InRange(accepted.Number("pollAfterMs")!.Value, 1, 5000);
        Assert.Equal("200", read.Problem);
        Assert.Equal(Outcomes.Won, (await alice.Outcome(accepted.ClaimId)).Outcome);
    }
}
