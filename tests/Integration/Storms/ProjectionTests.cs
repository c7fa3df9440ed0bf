using System.Diagnostics;
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
        var storm = new Storm(Engine, treasureId, players: 500, claimsEach: 2, keysEach: 2);

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
    public async Task When_the_leading_projections_die_others_take_over_within_ten_seconds()
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await Engine.Add("projections-2");
        await Engine.Player("alice").Claim(treasureId, "key");
        await Shows(treasureId, awarded: 1);

        await Engine.Host("projections-1").Kill();
        var killed = Stopwatch.GetTimestamp();
        await Engine.Player("bob").Claim(treasureId, "key");
        await Shows(treasureId, awarded: 2);

        Assert.InRange(Stopwatch.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await Engine.CleanAudit(huntId, "projections-2");
        await Engine.Host("projections-2").Kill();
    }

    // As a leader leaves it that stood still in the middle of recording its progress, and went on when another led.
    [Theory]
    [InlineData("redis:All")]
    [InlineData("memcached:All")]
    public async Task A_shard_whose_progress_was_moved_behind_its_back_goes_on_from_there(string shard)
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await Engine.Player("alice").Claim(treasureId, "key");
        await Shows(treasureId, awarded: 1);

        await Engine.Log.Execute($"update {Engine.Schema}.mt_event_progression set last_seq_id = last_seq_id - 1 where name = '{shard}'");
        await Engine.Player("bob").Claim(treasureId, "key");

        await Shows(treasureId, awarded: 2);
        await Engine.CleanAudit(huntId);
    }

    // A busy machine does the same for a moment.
    [Fact]
    public async Task A_new_generation_is_compared_with_the_live_one_once_that_has_come_as_far()
    {
        var desk = Engine.Admin("projections-1");
        Answer asked;
        await using (await Engine.Log.HoldProgress("redis:All"))
        {
            // The first of them may still come to readers.
            await Engine.Admin().Draft();
            await Engine.Admin().Draft();
            await Engine.Admin().Draft();
            var head = await Engine.Log.Value<long>($"select max(seq_id) from {Engine.Schema}.mt_events");
            asked = await desk.Post("/admin/replays", new { readModel = "hunts", dryRun = true });
            await Until.True("the new generation is ahead of the live one", async () =>
                await desk.Get($"/admin/replays/{asked.Id}") is var replay && replay.Sequence >= head && replay.Number("compared") > 0);
        }

        var ended = await desk.Ends(asked.Id);
        Assert.Equal(("done", 0), (ended.Word("state"), ended.Number("differences")));
    }

    private Task Shows(string treasureId, int awarded) =>
        Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("awarded") == awarded);
}
