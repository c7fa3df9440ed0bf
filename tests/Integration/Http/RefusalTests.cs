using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>What the rules forbid: at the door as a problem, behind it as an outcome.</summary>
public sealed class RefusalTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task A_treasure_that_is_not_there_is_not_found()
    {
        Assert.Equal("404 treasure-not-found", (await Alice.Claim("no-such-treasure", "key")).Problem);
        var unread = await Alice.Get("/v1/treasures/no-such-treasure");
        Assert.Equal(("404 treasure-not-found", "no-store"), (unread.Problem, unread.Headers["Cache-Control"]));
        Assert.Contains("Hunt-Status", unread.Headers.Keys);
        Assert.Equal("404 treasure-not-found", (await Admin.Command("/v1/treasures/no-such-treasure/withdraw")).Problem);
        Assert.Equal("404 treasure-not-found", (await Admin.Command("/v1/treasures/no-such-treasure/restock", new { units = 1 })).Problem);
    }

    [Fact]
    public async Task A_hunt_that_is_not_there_is_not_found()
    {
        Assert.Equal("404 hunt-not-found", (await Alice.Get("/v1/hunts/no-such-hunt")).Problem);
        Assert.Equal("404 hunt-not-found", (await Alice.Get("/v1/hunts/no-such-hunt/leaderboard")).Problem);
        Assert.Equal("404 hunt-not-found", (await Admin.Command("/v1/hunts/no-such-hunt/open")).Problem);
        Assert.Equal(
            "404 hunt-not-found", (await Admin.Command("/v1/hunts/no-such-hunt/treasures", new { name = "x", stock = 1 })).Problem);
    }

    [Fact]
    public async Task A_claim_that_was_never_made_is_not_found() =>
        Assert.Equal("404 claim-not-found", (await Alice.Get($"/v1/claims/{Ids.ForClaim("alice", "nothing", "key")}")).Problem);

    [Fact]
    public async Task A_draft_a_pause_and_an_end_refuse_claims_at_the_door_and_leave_no_trace()
    {
        var huntId = await Admin.Draft();
        var treasureId = await Admin.Hide(huntId);
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);

        await Step("open", "open");
        await Step("pause", "paused");
        Assert.Equal("409 hunt-paused", (await Alice.Claim(treasureId, "key")).Problem);

        await Step("resume", "open");
        await Step("close", "closed");
        Assert.Equal("409 hunt-closed", (await Alice.Claim(treasureId, "key")).Problem);
        Assert.Empty((await Engine.Log.OfTreasure(treasureId)).Decisions());

        async Task Step(string step, string status)
        {
            await Admin.Do(huntId, step);
            await Admin.SeesHunt(huntId, status);
        }
    }

    [Fact]
    public async Task A_treasure_of_a_hunt_that_has_not_opened_or_never_did_takes_no_claims()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.Do(huntId, "schedule");
        await Admin.SeesHunt(huntId, "scheduled");
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);

        await Admin.Do(huntId, "cancel");
        await Admin.SeesHunt(huntId, "cancelled");
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);
    }

    [Fact]
    public async Task An_exhausted_and_a_withdrawn_treasure_refuse_claims_at_the_door()
    {
        var huntId = await Admin.OpenHunt();
        var (goose, swan) = (await Admin.Hide(huntId), await Admin.Hide(huntId));
        await Engine.Player("bob").Claim(goose, "key");
        Assert.Equal("200", (await Admin.Command($"/v1/treasures/{swan}/withdraw")).Problem);
        await Admin.SeesTreasure(goose, treasure => treasure.Word("status") == "exhausted");
        await Admin.SeesTreasure(swan, treasure => treasure.Word("status") == "withdrawn");

        Assert.Equal("409 treasure-exhausted", (await Alice.Claim(goose, "key")).Problem);
        Assert.Equal("409 treasure-withdrawn", (await Alice.Claim(swan, "key")).Problem);
        Assert.Single((await Engine.Log.OfTreasure(goose)).Decisions());
    }

    [Fact]
    public async Task What_is_wrong_with_the_claim_is_an_outcome()
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
    public async Task After_ten_wrong_proofs_there_are_no_more_attempts()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), proof: "under the bridge");
        for (var n = 0; n < 10; n++)
        {
            Assert.Equal(Reasons.ProofWrong, (await Alice.Claim(treasureId, $"key-{n}", "in the tree")).Outcome);
        }

        Assert.Equal(Reasons.TooManyAttempts, (await Alice.Claim(treasureId, "key-10", "under the bridge")).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "key", "under the bridge")).Outcome);
    }

    [Fact]
    public async Task An_admin_cannot_make_a_thing_twice_or_do_what_does_not_fit()
    {
        var id = $"hunt-{Ids.FreshSlug()}";
        var hunt = new { huntId = id, name = "Twice", opensAt = "2026-11-23T18:00:00Z", closesAt = "2099-11-23T18:00:00Z" };
        Assert.Equal("201", (await Admin.Command("/v1/hunts", hunt)).Problem);
        Assert.Equal("409 already-exists", (await Admin.Command("/v1/hunts", hunt)).Problem);
        Assert.Equal("201", (await Admin.Command($"/v1/hunts/{id}/treasures", new { treasureId = id, name = "x", stock = 1 })).Problem);
        Assert.Equal(
            "409 already-exists",
            (await Admin.Command($"/v1/hunts/{id}/treasures", new { treasureId = id, name = "x", stock = 1 })).Problem);

        foreach (var step in (string[])["pause", "resume", "close"])
        {
            Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/hunts/{id}/{step}")).Problem);
        }

        await Admin.Do(id, "open");
        Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/hunts/{id}/open")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/hunts/{id}/schedule")).Problem);
        await Admin.Do(id, "cancel");
        Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/hunts/{id}/cancel")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/hunts/{id}/treasures", new { name = "x", stock = 1 })).Problem);
        Assert.Equal(
            "409 not-allowed-now",
            (await Admin.Command($"/v1/treasures/{id}/revoke", new { claimId = Ids.Fresh(), because = "never won" })).Problem);
        Assert.Equal("200", (await Admin.Command($"/v1/treasures/{id}/withdraw")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.Command($"/v1/treasures/{id}/restock", new { units = 1 })).Problem);
    }
}
