using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Reads of a treasure.</summary>
public sealed class TreasureReadTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_treasure_shows_its_units_and_its_revealed_clues()
    {
        var huntId = await Admin.OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var hidden = await Admin.SendCommand($"/v1/hunts/{huntId}/treasures", new
        {
            name = "Golden goose",
            stock = 3,
            perPlayer = 2,
            proof = "under the bridge",
            clues = new[] { new { text = "later", revealAt = now.AddHours(2) }, new { text = "known", revealAt = now.AddHours(-1) } },
        });
        await Admin.SendCommand($"/v1/treasures/{hidden.Id}/clues", new { text = "next", revealAt = now.AddHours(1) });
        await Admin.WaitForTreasure(hidden.Id, seen => seen.Problem == "200" && seen["nextClueAt"].GetDateTimeOffset() == now.AddHours(1));

        var treasure = await Engine.Anonymous().Get($"/v1/treasures/{hidden.Id}");

        Assert.Equal(
            ("available", "Golden goose", huntId), (treasure.TextOf("status"), treasure.TextOf("name"), treasure.TextOf("huntId")));
        Assert.Equal(
            (3L, 0L, 3L, 2L),
            (treasure.NumberOf("stock"), treasure.NumberOf("awarded"), treasure.NumberOf("remaining"), treasure.NumberOf("perPlayer")));
        Assert.True(treasure["proofRequired"].GetBoolean());
        Assert.Equal(["known"], treasure["clues"].EnumerateArray().Select(clue => clue.GetProperty("text").GetString()));
        Assert.DoesNotContain("bridge", treasure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("later", treasure.Text, StringComparison.Ordinal);
    }
}
