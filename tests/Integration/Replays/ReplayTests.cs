using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>A replay changes nothing that a reader sees, whatever else goes on.</summary>
public sealed class ReplayTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Desk => Engine.Admin("projections-1");

    public static TheoryData<string> ReadModels => ["hunts", "treasures", "memcached", "leaderboard", "claims"];

    [Theory]
    [MemberData(nameof(ReadModels))]
    public async Task A_new_generation_equals_the_one_before_and_readers_go_over_to_it(string readModel)
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        await Engine.Crowd(treasureId, "before");

        var before = await Live(readModel);
        var replay = await Desk.Replay(new { readModel, compare = true });
        await Engine.Crowd(treasureId, "after");

        Assert.Equal(("done", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("differences").GetInt32()));
        Assert.True(replay.GetProperty("generation").GetInt32() > before.Live);
        var after = await Live(readModel);
        Assert.Equal((replay.GetProperty("generation").GetInt32(), before.Live), (after.Live, after.Previous));
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task The_first_generation_is_built_once() =>
        Assert.Equal(ReadModels.Count, await Engine.Log.Value<long>($"select count(*) from {Engine.Schema}.replays where kind = 'build'"));

    [Fact]
    public async Task A_rollback_brings_the_generation_before_up_to_date_and_back()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        var first = (await Live("leaderboard")).Live;
        await Desk.Replay(new { readModel = "leaderboard" });
        await Engine.Crowd(treasureId, "key");

        var replay = await Desk.Replay(new { readModel = "leaderboard", rollback = true });

        Assert.Equal(("done", first), (replay.GetProperty("state").GetString(), replay.GetProperty("generation").GetInt32()));
        Assert.Equal(first, (await Live("leaderboard")).Live);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task A_dry_run_leaves_everything_as_it_is()
    {
        var replay = await Desk.Replay(new { readModel = "hunts", dryRun = true });

        Assert.Equal(("done", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("differences").GetInt32()));
        Assert.NotEqual(replay.GetProperty("generation").GetInt32(), (await Live("hunts")).Live);
        Assert.Equal(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:hunts:{replay.GetProperty("generation")}:*"));
    }

    [Fact]
    public async Task A_replay_and_a_rollback_are_recorded_with_who_asked_for_them()
    {
        var erika = new Actor($"erika-{Ids.FreshSlug()}", "token-4712", "127.0.0.1", Actor.Http);
        var desk = new ApiCaller(Engine, "projections-1", ApiCallers.Token(Audiences.Administrator, erika.Subject!, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("operations", erika.TokenId!)));

        var asked = await desk.AskForReplay(new { readModel = "leaderboard" });
        Assert.Equal(erika, By(asked.Json));
        var replay = (await desk.Ends(asked.Id)).Json;
        var rollback = await desk.Replay(new { readModel = "leaderboard", rollback = true });

        Assert.Equal(("done", "done"), (replay.GetProperty("state").GetString(), rollback.GetProperty("state").GetString()));
        Assert.Equal((erika, erika), (By(replay), By(rollback)));
        var listed = (await Desk.Get("/admin/replays")).Json.EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!, By);
        Assert.Equal((erika, erika), (listed[replay.GetProperty("id").GetString()!], listed[rollback.GetProperty("id").GetString()!]));
        // The engine builds the first generations itself.
        Assert.Equal(
            0, await Engine.Log.Value<long>(
                $"select count(*) from {Engine.Schema}.replays where kind = 'build' and requested_by is not null"));
    }

    [Theory]
    [InlineData("""{"readModel":"players"}""", "400 invalid-request")]
    [InlineData("""{}""", "400 invalid-request")]
    [InlineData("""{"readModel":"hunts","rollback":true,"dryRun":true}""", "400 invalid-request")]
    public async Task What_makes_no_sense_is_refused(string body, string problem) =>
        Assert.Equal(problem, (await Desk.PostRaw("/admin/replays", "application/json", body)).Problem);

    [Fact]
    public async Task What_the_log_said_at_a_moment_stays_known()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 20);
        await Engine.Crowd(treasureId, "key");
        var awards = (await Engine.Log.OfTreasure(treasureId)).Awards();
        var third = (await Engine.Log.OfTreasure(treasureId)).Where(fact => fact.Data is Contracts.Events.TreasureAwarded).ElementAt(2);

        var then = await Desk.Get($"/admin/at/{third.Sequence}/treasures/{treasureId}");

        Assert.Equal(10, awards.Count);
        Assert.Equal((third.Sequence, 3), (then.Sequence, then["state"].GetProperty("awarded").GetInt32()));
        Assert.Equal("404 treasure-not-found", (await Desk.Get($"/admin/at/1990-01-01T00:00:00Z/treasures/{treasureId}")).Problem);
        Assert.Equal("400 invalid-request", (await Desk.Get($"/admin/at/yesterday/treasures/{treasureId}")).Problem);
        Assert.Equal(huntId, (await Desk.Get($"/admin/at/9999-01-01T00:00:00Z/hunts/{huntId}"))["state"].GetProperty("huntId").GetString());
    }

    private static Actor? By(JsonElement replay) =>
        replay.TryGetProperty("by", out var by) ? by.Deserialize<Actor>(JsonSerializerOptions.Web) : null;

    private async Task<(int Live, int? Previous)> Live(string readModel)
    {
        var generation = (await Desk.Get("/admin/generations")).Json.EnumerateArray().Single(
            one => one.GetProperty("readModel").GetString() == readModel);
        return (generation.GetProperty("live")
            .GetInt32(), generation.GetProperty("previous") is { ValueKind: JsonValueKind.Number } previous ? previous.GetInt32() : null);
    }
}

/// <summary>What admins do to read models.</summary>
internal static class ReplayWords
{
    /// <summary>Asks for a replay, once no other of that read model is under way, and waits for its end.</summary>
    public static async Task<JsonElement> Replay(this ApiCaller desk, object request) =>
        (await desk.Ends((await desk.AskForReplay(request)).Id)).Json;

    public static Task<ApiResponse> AskForReplay(this ApiCaller desk, object request) => Until.Some("the replay is taken", async () =>
        await desk.Post("/admin/replays", request) is { Problem: "202" } taken ? taken : null);

    public static Task<ApiResponse> Ends(this ApiCaller desk, string replayId) => Until.Some("the replay ends", async () =>
        await desk.Get($"/admin/replays/{replayId}") is { Problem: "200" } replay && replay["finishedAt"].ValueKind == JsonValueKind.String
            ? replay : null);
}
