using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>The stream of a hunt while a read model changes to another generation.</summary>
public sealed class StreamReplayTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData("hunts")]
    [InlineData("treasures")]
    [InlineData("leaderboard")]
    [InlineData("claims")]
    public async Task A_client_misses_nothing_when_a_replay_makes_another_generation_live(string readModel)
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 3, perPlayer: 3);
        var player = Engine.Player($"player-{Ids.FreshSlug()[^12..]}");
        await using var client = await StreamClient.Connect(player, huntId);
        var before = await player.Wins(treasureId, "before");
        await client.WaitFor(before.ClaimId.ToString(), _ => true);

        var replay = Engine.Admin("projections-1").RunReplay(new { readModel });
        var during = await player.Wins(treasureId, "during");
        Assert.Equal("done", (await replay).GetProperty("state").GetString());
        var after = await player.Wins(treasureId, "after");

        await client.WaitFor(during.ClaimId.ToString(), _ => true);
        await client.WaitFor(after.ClaimId.ToString(), claim => claim.GetProperty("outcome").GetString() == Outcomes.Won);
        await client.WaitFor(treasureId, treasure => treasure.GetProperty("status").GetString() == "exhausted");
        await client.WaitFor(
            StreamClient.Leaderboard,
            board => board.GetProperty("entries").GetArrayLength() == 1
                && board.GetProperty("entries")[0].GetProperty("awards").GetInt32() == 3);
    }
}
