using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Administrators see drafts, hidden treasures and unrevealed clues.</summary>
public sealed class PreviewTests(SharedEngine engine) : PublicationTests(engine)
{
    [Fact]
    public async Task The_preview_of_an_administrator_is_not_cached()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var now = TimeProvider.System.GetUtcNow();
        var hidden =
            await Admin.SendCommand(
                $"/v1/hunts/{huntId}/treasures",
                new { name = "Goose", stock = 1, clues = new[] { new { text = "later", revealAt = now.AddHours(2) } } });
        await Admin.WaitForTreasure(hidden.Id, treasure => treasure.Problem == "200");

        foreach (var path in (string[])[
            $"/v1/hunts/{huntId}", $"/v1/treasures/{hidden.Id}", $"/v1/hunts/{huntId}/leaderboard", "/v1/hunts"])
        {
            var preview = await Admin.Get(path, ("If-None-Match", "\"9000000000-open\", *"));
            Assert.Equal("200", preview.Problem);
            Assert.Equal(["no-store", "private"], preview.Headers["Cache-Control"].Split(", ").Order());
            Assert.Equal("Authorization", preview.Headers["Vary"]);
            Assert.DoesNotContain("ETag", preview.Headers.Keys);
        }

        var treasure = await Admin.Get($"/v1/treasures/{hidden.Id}");
        Assert.Equal(("hidden", "later"), (treasure.TextOf("status"), treasure["clues"][0].GetProperty("text").GetString()));
        Assert.Equal("hidden", (await Admin.Get($"/v1/hunts/{huntId}"))["treasures"][0].GetProperty("status").GetString());
        Assert.True(await IsListed(Admin, huntId));
    }

    [Fact]
    public async Task Only_administrators_see_an_unrevealed_clue()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        await Admin.SendCommand(
            $"/v1/treasures/{treasureId}/clues",
            new { text = "Where the river bends", revealAt = TimeProvider.System.GetUtcNow().AddHours(1) });

        await Admin.WaitForTreasure(treasureId, treasure => treasure["clues"].GetArrayLength() == 1);
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure["nextClueAt"].ValueKind == JsonValueKind.String);

        Assert.Empty((await Engine.Anonymous().Get($"/v1/treasures/{treasureId}"))["clues"].EnumerateArray());
        Assert.Empty((await Engine.Player("alice").Get($"/v1/treasures/{treasureId}"))["clues"].EnumerateArray());
    }
}
