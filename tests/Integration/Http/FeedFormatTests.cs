using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The lines of the feed, and the lag of the read models.</summary>
public sealed class FeedFormatTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task The_feed_returns_one_event_per_line_for_all_hunts_or_one()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        await Engine.Player("alice").Wins(treasureId, "key");

        var lines = await Events($"?huntId={huntId}");

        Assert.Equal(
            ["hunt-drafted.v1", "hunt-opened.v1", "treasure-hidden.v1", "treasure-awarded.v1"],
            lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal(Ids.ForClaim("alice", treasureId, "key"), lines[3].GetProperty("id").GetGuid());
        Assert.Equal(
            (StreamNames(treasureId), 2), (lines[3].GetProperty("streamKey").GetString(), lines[3].GetProperty("version").GetInt32()));
        var second = lines[1].GetProperty("sequence").GetInt64();
        Assert.Equal(2, (await Events($"?huntId={huntId}&after={second}")).Count);
        Assert.Contains(await Events($"?after={second - 1}"), line => line.GetProperty("sequence").GetInt64() == second);
    }

    [Fact]
    public async Task The_lag_lists_every_read_model()
    {
        await Engine.Admin().OpenHunt();

        var lag = await Engine.Admin("projections-1").Get("/admin/lag");

        Assert.Equal(
            ["hunts", "treasures", "memcached", "leaderboard", "claims"],
            lag["readModels"].EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.InRange(lag.NumberOf("head")!.Value, 1, long.MaxValue);
    }

    private static string StreamNames(string treasureId) => Contracts.Events.StreamNames.Treasure(treasureId);

    private async Task<List<JsonElement>> Events(string query) =>
        (await Engine.Admin("projections-1").Get($"/admin/events{query}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonDocument.Parse(line).RootElement).ToList();
}
