using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A full Redis stops the read models and nothing else.</summary>
[Collection(nameof(StallableGroup))]
public sealed class FullRedisTests(StallableEngine fixture) : EngineTests(fixture)
{
    [Fact]
    public async Task A_full_Redis_stops_no_claim_and_no_read_and_projections_resume_with_free_memory()
    {
        var redis = await fixture.Redis;
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 1_000);
        var early = await Engine.Player("early").Wins(treasureId, "key");
        await Engine.Player("early").WaitForOutcome(early.ClaimId);
        await Engine.Anonymous().WaitForLevel("normal");

        await redis.LimitTo("1");
        var late = await Engine.Player("late").Wins(treasureId, "key");
        await Poll.Until("the Api reports a full Redis", async () =>
        {
            // The pending marker of a claim does not fit into Redis; the claim is decided without it.
            await Engine.Player($"player-{Ids.FreshSlug()}").Wins(treasureId, "key");
            var status = await Engine.Anonymous().Get("/v1/status");
            Assert.Equal(("closed", "closed"), (status.Breaker("redis"), status.Breaker("memcached")));
            return status.TextOf("level") == "degraded" && status.State("redis") == "full";
        });

        // Existing values are read, and values that do not fit get 503 instead of 404.
        Assert.Equal("200", (await Engine.Anonymous().Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
        Assert.Equal("200", (await Engine.Anonymous().Get($"/v1/hunts/{huntId}")).Problem);
        Assert.Equal("won", (await Engine.Player("early").Get($"/v1/claims/{early.ClaimId}")).Outcome);
        Assert.Equal("503 read-model-unavailable", (await Engine.Player("late").Get($"/v1/claims/{late.ClaimId}")).Problem);
        await Poll.Until("the Projections host is degraded", async () =>
            (await Engine.Anonymous("projections-1").Get("/health/ready")) is { Problem: "200" } ready
                && ready.Check("redis").Status == "Degraded");
        Assert.Matches(
            "(?m)^treasurehunt_redis_used_ratio\\{.*node=.*\\} [1-9]", (await Engine.Anonymous("projections-1").Get("/metrics")).Text);
        Assert.Matches("(?m)^treasurehunt_redis_full_total\\{?.*\\}? [1-9]", (await Engine.Anonymous().Get("/metrics")).Text);

        await redis.LimitTo("512mb");
        Assert.Equal("won", (await Engine.Player("late").WaitForOutcome(late.ClaimId)).Outcome);
        await Engine.Anonymous().WaitForLevel("normal");
        await Engine.AssertCleanAudit(huntId);
    }

    [Fact]
    public async Task A_replay_on_a_full_Redis_fails_with_its_reason_and_readers_keep_the_live_read_model()
    {
        var redis = await fixture.Redis;
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        var early = await Engine.Player("early").Wins(treasureId, "key");
        await Engine.Player("early").WaitForOutcome(early.ClaimId);
        var admin = Engine.Admin("projections-1");

        await redis.LimitTo("1");
        var failed = await admin.RunReplay(new { readModel = "claims" });

        Assert.Equal(
            ("failed", "Redis has no memory for another generation."),
            (failed.GetProperty("state").GetString(), failed.GetProperty("error").GetString()));
        Assert.Equal("won", (await Engine.Player("early").Get($"/v1/claims/{early.ClaimId}")).Outcome);

        await redis.LimitTo("512mb");
        Assert.Equal("done", (await admin.RunReplay(new { readModel = "claims" })).GetProperty("state").GetString());
        await Engine.AssertCleanAudit(huntId);
    }
}
