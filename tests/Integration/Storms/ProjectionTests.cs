using System.Diagnostics;
using TreasureHunt.Integration.Harness;
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

    private Task Shows(string treasureId, int awarded) =>
        Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("awarded") == awarded);
}
