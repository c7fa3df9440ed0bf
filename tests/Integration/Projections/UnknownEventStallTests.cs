using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A stalled projection is reported, affects no other part, and resumes by itself.</summary>
[Collection(nameof(StallableGroup))]
public sealed class UnknownEventStallTests(StallableEngine fixture) : EngineTests(fixture)
{
    [Fact]
    public async Task An_unknown_event_stalls_its_projections_visibly_until_it_is_known()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 10);
        await Engine.Anonymous().WaitForLevel("normal");
        var now = TimeProvider.System.GetUtcNow();

        var unknown =
            await Engine.Append(
                StreamNames.Treasure(treasureId), [new ClueAdded(treasureId, now, new Clue("Where the river bends", now))],
                "treasure-gilded.v9");
        var won = await Engine.Player("alice").Wins(treasureId, "key");

        // After half a minute, the status, health, metrics and logs report the stall.
        await Engine.Anonymous().WaitForLevel("degraded", ("projections", "stalled"), ("redis", "up"));
        Assert.Equal("degraded", (await Engine.Anonymous().Get($"/v1/hunts/{huntId}")).Headers["Hunt-Status"]);
        var ready = await Engine.Anonymous("projections-1").Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, ready.Check("projections").Status));
        var metrics = (await Engine.Anonymous("projections-1").Get("/metrics")).Text;
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
            await Engine.EventStore.Value<long>(
                $"select max(last_seq_id) from {Engine.Schema}.mt_event_progression where name like '%:All'") < unknown,
                "A shard passed the unknown event.");
        Assert.Equal(
            "409 not-allowed-now", (await Engine.Admin("projections-1").Get($"/admin/at/{unknown}/treasures/{treasureId}")).Problem);

        // A build that knows the event type resumes at the event.
        await Engine.EventStore.Execute($"update {Engine.Schema}.mt_events set type = 'clue-added.v1' where seq_id = {unknown}");
        Assert.Equal("won", (await Engine.Player("alice").WaitForOutcome(won.ClaimId)).Outcome);
        await Engine.Anonymous().WaitForLevel("normal");
        await Engine.AssertCleanAudit(huntId);
    }
}
