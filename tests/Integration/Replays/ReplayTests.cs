using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>A replay changes no value that readers get, also under concurrent writes.</summary>
public sealed class ReplayTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Administrator => Engine.Admin("projections-1");

    public static TheoryData<string> ReadModels => ["hunts", "treasures", "memcached", "leaderboard", "claims"];

    [Theory]
    [MemberData(nameof(ReadModels))]
    public async Task A_new_generation_equals_the_previous_one_and_becomes_live(string readModel)
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        await Engine.ClaimByTenPlayers(treasureId, "before");

        var before = await Administrator.ReadGenerations(readModel);
        var replay = await Administrator.RunReplay(new { readModel, compare = true });
        await Engine.ClaimByTenPlayers(treasureId, "after");

        Assert.Equal(("done", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("differences").GetInt32()));
        Assert.True(replay.GetProperty("generation").GetInt32() > before.Live);
        var after = await Administrator.ReadGenerations(readModel);
        Assert.Equal((replay.GetProperty("generation").GetInt32(), before.Live), (after.Live, after.Previous));
        await Engine.AssertCleanAudit(huntId);
    }

    [Fact]
    public async Task The_first_generation_is_built_once() =>
        Assert.Equal(
            ReadModels.Count, await Engine.EventStore.Value<long>($"select count(*) from {Engine.Schema}.replays where kind = 'build'"));

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        var replay = await Administrator.RunReplay(new { readModel = "hunts", dryRun = true });

        Assert.Equal(("done", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("differences").GetInt32()));
        Assert.NotEqual(replay.GetProperty("generation").GetInt32(), (await Administrator.ReadGenerations("hunts")).Live);
        Assert.Equal(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:hunts:{replay.GetProperty("generation")}:*"));
    }

    [Theory]
    [InlineData("""{"readModel":"players"}""", "400 invalid-request")]
    [InlineData("""{}""", "400 invalid-request")]
    [InlineData("""{"readModel":"hunts","rollback":true,"dryRun":true}""", "400 invalid-request")]
    public async Task An_invalid_replay_request_is_refused(string body, string problem) =>
        Assert.Equal(problem, (await Administrator.PostRaw("/admin/replays", "application/json", body)).Problem);
}
