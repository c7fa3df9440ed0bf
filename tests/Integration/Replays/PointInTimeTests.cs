using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>The state at a point in time.</summary>
public sealed class PointInTimeTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Administrator => Engine.Admin("projections-1");

    [Fact]
    public async Task The_state_at_a_point_in_time_can_be_read()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 20);
        await Engine.ClaimByTenPlayers(treasureId, "key");
        var awards = (await Engine.EventStore.OfTreasure(treasureId)).Awards();
        var third = (await Engine.EventStore.OfTreasure(treasureId)).Where(stored => stored.Data is Contracts.Events.TreasureAwarded)
            .ElementAt(2);

        var then = await Administrator.Get($"/admin/at/{third.Sequence}/treasures/{treasureId}");

        Assert.Equal(10, awards.Count);
        Assert.Equal((third.Sequence, 3), (then.Sequence, then["state"].GetProperty("awarded").GetInt32()));
        Assert.Equal("404 treasure-not-found", (await Administrator.Get($"/admin/at/1990-01-01T00:00:00Z/treasures/{treasureId}")).Problem);
        Assert.Equal("400 invalid-request", (await Administrator.Get($"/admin/at/yesterday/treasures/{treasureId}")).Problem);
        Assert.Equal(
            huntId, (await Administrator.Get($"/admin/at/9999-01-01T00:00:00Z/hunts/{huntId}"))["state"].GetProperty("huntId").GetString());
    }
}
