using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>A rollback to the previous generation.</summary>
public sealed class RollbackTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Administrator => Engine.Admin("projections-1");

    [Fact]
    public async Task A_rollback_updates_the_previous_generation_and_makes_it_live()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        var first = (await Administrator.ReadGenerations("leaderboard")).Live;
        await Administrator.RunReplay(new { readModel = "leaderboard" });
        await Engine.ClaimByTenPlayers(treasureId, "key");

        var replay = await Administrator.RunReplay(new { readModel = "leaderboard", rollback = true });

        Assert.Equal(("done", first), (replay.GetProperty("state").GetString(), replay.GetProperty("generation").GetInt32()));
        Assert.Equal(first, (await Administrator.ReadGenerations("leaderboard")).Live);
        await Engine.AssertCleanAudit(huntId);
    }
}
