using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Replays;
using Xunit;

namespace TreasureHunt.Integration.Storms;

/// <summary>Whoever tells may die; what is told afterwards is the whole truth.</summary>
[Collection(nameof(Fragile))]
public sealed class ProjectionTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Fact]
    public async Task Projections_killed_in_the_middle_catch_up_and_equal_the_fold_of_the_log()
    {
        var (huntId, treasureId) = await Treasure(stock: 500);
        var storm = new PeakLoadRun(Engine, treasureId, players: 500, claimsEach: 2, keysEach: 2);

        var blowing = storm.Blow();
        await storm.Reaches(300);
        await Engine.Host("projections-1").Kill();
        await blowing;
        await Engine.Heal();

        await storm.AgreesWithTheLog(stock: 500);
        var audit = await Engine.CleanAudit(huntId);
        Assert.Equal((1000, 500), (audit.GetProperty("decided").GetInt32(), audit.GetProperty("won").GetInt32()));
    }

    [Fact]
    public async Task When_the_leading_projections_die_others_take_over()
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await Engine.Add("projections-2");
        await Engine.Player("alice").Wins(treasureId, "key");
        await Shows(treasureId, awarded: 1);

        await Engine.Host("projections-1").Kill();
        await Engine.Player("bob").Wins(treasureId, "key");
        await Shows(treasureId, awarded: 2);

        await Engine.CleanAudit(huntId, "projections-2");
        await Engine.Host("projections-2").Kill();
    }

    [Fact]
    public async Task The_lag_is_measured_anew_after_a_POST_and_no_GET_changes_it()
    {
        var desk = Engine.Admin("projections-1");
        await Engine.Admin().OpenHunt();
        // Nothing else happens to this engine: once all is told, the counts stand still.
        await Engine.CleanAudit(await Engine.Admin().OpenHunt());
        await Until.True("hunts were told", async () => (await Count()) > 0);
        var before = await Count();

        Assert.Equal("200", (await desk.Get("/admin/lag?reset=true")).Problem);
        Assert.Equal($"405 {ProblemNames.MethodNotAllowed}", (await desk.Get("/admin/lag/reset")).Problem);
        Assert.InRange(await Count(), before, int.MaxValue);

        Assert.Equal("204", (await desk.Post("/admin/lag/reset")).Problem);
        Assert.InRange(await Count(), 0, before - 1);

        async Task<int> Count() => (await desk.Get("/admin/lag"))["readModels"].EnumerateArray()
            .Single(model => model.GetProperty("name").GetString() == "hunts").GetProperty("lagMs").GetProperty("count").GetInt32();
    }

    // As a leader leaves it that stood still in the middle of recording its progress, and went on when another led.
    [Theory]
    [InlineData("redis:All")]
    [InlineData("memcached:All")]
    public async Task A_shard_whose_progress_was_moved_behind_its_back_goes_on_from_there(string shard)
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await Engine.Player("alice").Wins(treasureId, "key");
        await Shows(treasureId, awarded: 1);

        await Engine.Log.MoveProgressBack(shard);
        await Engine.Player("bob").Wins(treasureId, "key");

        await Shows(treasureId, awarded: 2);
        await Engine.CleanAudit(huntId);
    }

    // A busy machine does the same for a moment.
    [Fact]
    public async Task A_new_generation_is_compared_with_the_live_one_once_that_has_come_as_far()
    {
        var ended = await ReplayAheadOfTheLiveOne(dryRun: true, (_, _) => Task.CompletedTask);

        Assert.Equal(("done", 0), (ended.Word("state"), ended.Number("differences")));
        Assert.True(ended.Number("compared") > 0);
    }

    [Fact]
    public async Task With_a_live_generation_that_lost_something_a_new_one_is_not_compared()
    {
        var ended = await ReplayAheadOfTheLiveOne(dryRun: true, (live, _) => Lose(live));

        Assert.Equal(("done", 0, 0), (ended.Word("state"), ended.Number("differences"), ended.Number("compared")));
        await Engine.CleanAudit(await Engine.Admin().Draft());
    }

    [Fact]
    public async Task A_new_generation_that_lost_something_is_built_again_before_readers_see_it()
    {
        var ended = await ReplayAheadOfTheLiveOne(dryRun: false, (_, built) => Lose(built));

        Assert.Equal(("done", 0), (ended.Word("state"), ended.Number("differences")));
        await Engine.CleanAudit(await Engine.Admin().Draft());
        // A lost one would have been repaired, as another generation.
        Assert.Equal(ended.Number("generation"), await LiveHunts());
    }

    /// <summary>
    /// Has hunts built anew while the live generation stands still behind, does something meanwhile, and waits for the end.
    /// </summary>
    /// <param name="meanwhile">Gets the live generation and the new one.</param>
    private async Task<ApiResponse> ReplayAheadOfTheLiveOne(bool dryRun, Func<int, int, Task> meanwhile)
    {
        var desk = Engine.Admin("projections-1");
        ApiResponse asked;
        await using (var hold = await Engine.Log.HoldProgress("redis:All"))
        {
            // What comes first still comes to readers.
            await Engine.Admin().Draft();
            await hold.Waiting(1);
            await Engine.Admin().Draft();
            var head = await Engine.Log.Value<long>($"select max(seq_id) from {Engine.Schema}.mt_events");
            // A replay feeds up to this mark, and would end before the last event if it were asked for earlier.
            await Until.True("the high-water mark is at the head", () =>
                Engine.Log.Value<bool>(
                    $"select exists (select from {Engine.Schema}.mt_event_progression where name = 'HighWaterMark' and last_seq_id >= {head})"));
            asked = await desk.AskForReplay(new { readModel = "hunts", dryRun });
            await Until.True("the new generation is ahead of the live one", async () =>
                await desk.Get($"/admin/replays/{asked.Id}") is var replay && replay.Sequence >= head && replay.Number("compared") > 0);
            await meanwhile(await LiveHunts(), (int)asked.Number("generation")!.Value);
        }

        return await desk.Ends(asked.Id);
    }

    private Task<int> LiveHunts() => Engine.LiveGeneration("hunts");

    private async Task Lose(int generation) =>
        Assert.NotEqual(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:hunts:{generation}:*"));

    private Task Shows(string treasureId, int awarded) =>
        Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("awarded") == awarded);
}
