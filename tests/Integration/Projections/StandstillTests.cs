using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Outages;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>An engine whose read models can be brought to a stop: it has a Redis of its own.</summary>
public sealed class StandstillEngine : EngineFixture
{
    private readonly Task<RedisNode> _redis;

    public StandstillEngine()
        : this(RedisNode.Start())
    {
    }

    private StandstillEngine(Task<RedisNode> redis)
        : base(async () => await Harness.Engine.Start(("ConnectionStrings__RedisReadModels", (await redis).Address))) => _redis = redis;

    public Task<RedisNode> Redis => _redis;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await _redis).DisposeAsync();
    }
}

/// <summary>What stands still says so, stops nothing else, and goes on by itself.</summary>
public sealed class StandstillTests(StandstillEngine fixture) : EngineTests(fixture), IClassFixture<StandstillEngine>
{
    [Fact]
    public async Task A_full_Redis_takes_no_claim_and_no_read_with_it_and_goes_on_when_there_is_room()
    {
        var redis = await fixture.Redis;
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 1_000);
        var early = await Engine.Player("early").Wins(treasureId, "key");
        await Engine.Player("early").Outcome(early.ClaimId);
        await Engine.Nobody().Becomes("normal");

        await redis.LimitTo("1");
        var late = await Engine.Player("late").Wins(treasureId, "key");
        await Until.True("the Api says that Redis is full", async () =>
        {
            // Each claim would leave a mark in Redis, and is decided without.
            await Engine.Player($"player-{Ids.FreshSlug()}").Wins(treasureId, "key");
            var status = await Engine.Nobody().Get("/v1/status");
            Assert.Equal(("closed", "closed"), (status.Breaker("redis"), status.Breaker("memcached")));
            return status.Word("level") == "degraded" && status.State("redis") == "full";
        });

        // What Redis holds is read, and what it could not take is not said to be missing.
        Assert.Equal("200", (await Engine.Nobody().Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
        Assert.Equal("200", (await Engine.Nobody().Get($"/v1/hunts/{huntId}")).Problem);
        Assert.Equal("won", (await Engine.Player("early").Get($"/v1/claims/{early.ClaimId}")).Outcome);
        Assert.Equal("503 read-model-unavailable", (await Engine.Player("late").Get($"/v1/claims/{late.ClaimId}")).Problem);
        await Until.True("the Projections are degraded by it", async () =>
            (await Engine.Nobody("projections-1").Get("/health/ready")) is { Problem: "200" } ready
                && Check(ready, "redis").Status == "Degraded");
        Assert.Matches(
            "(?m)^treasurehunt_redis_used_ratio\\{.*node=.*\\} [1-9]", (await Engine.Nobody("projections-1").Get("/metrics")).Text);
        Assert.Matches("(?m)^treasurehunt_redis_full_total\\{?.*\\}? [1-9]", (await Engine.Nobody().Get("/metrics")).Text);

        await redis.LimitTo("512mb");
        Assert.Equal("won", (await Engine.Player("late").Outcome(late.ClaimId)).Outcome);
        await Engine.Nobody().Becomes("normal");
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task An_event_of_a_newer_build_stops_what_reads_it_visibly_until_it_is_known()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 10);
        await Engine.Nobody().Becomes("normal");
        var now = TimeProvider.System.GetUtcNow();

        var unknown =
            await Engine.Append(
                StreamNames.Treasure(treasureId), [new ClueAdded(treasureId, now, new Clue("Where the river bends", now))],
                "treasure-gilded.v9");
        var won = await Engine.Player("alice").Wins(treasureId, "key");

        // Half a minute later, in every place where somebody looks.
        await Engine.Nobody().Becomes("degraded", ("projections", "stalled"), ("redis", "up"));
        Assert.Equal("degraded", (await Engine.Nobody().Get($"/v1/hunts/{huntId}")).Headers["Hunt-Status"]);
        var ready = await Engine.Nobody("projections-1").Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, Check(ready, "projections").Status));
        var metrics = (await Engine.Nobody("projections-1").Get("/metrics")).Text;
        Assert.All((string[])["redis:All", "memcached:All", "analytics:All"], shard =>
        {
            Assert.Matches($"(?m)^treasurehunt_projection_stalled_seconds\\{{.*shard=\"{shard}\".*\\}} [1-9]", metrics);
            Assert.Single(
                Engine.Host("projections-1").Output.Split('\n'),
                line => line.Contains($"The shard {shard} stands still", StringComparison.Ordinal)
                    && line.Contains("treasure-gilded.v9", StringComparison.Ordinal));
        });
        Assert.Matches("(?m)^treasurehunt_leader(\\{.*\\})? 1( |$)", metrics);
        Assert.Matches("(?m)^treasurehunt_projection_sequence\\{.*readmodel=\"analytics\".*\\} ", metrics);
        Assert.True(
            await Engine.Log.Value<long>(
                $"select max(last_seq_id) from {Engine.Schema}.mt_event_progression where name like '%:All'") < unknown,
                "Something went on past it.");
        Assert.Equal(
            "409 not-allowed-now", (await Engine.Admin("projections-1").Get($"/admin/at/{unknown}/treasures/{treasureId}")).Problem);

        // A build that knows it goes on from there.
        await Engine.Log.Execute($"update {Engine.Schema}.mt_events set type = 'clue-added.v1' where seq_id = {unknown}");
        Assert.Equal("won", (await Engine.Player("alice").Outcome(won.ClaimId)).Outcome);
        await Engine.Nobody().Becomes("normal");
        await Engine.CleanAudit(huntId);
    }

    private static (string? Status, string? Description) Check(
        ApiResponse ready, string name) => ready["checks"].GetProperty(name) is JsonElement check
        ? (check.GetProperty("status").GetString(), check.GetProperty("description").GetString())
        : default;
}
