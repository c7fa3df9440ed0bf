using System.Globalization;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Reads of hunts, and changed ETags.</summary>
public sealed class HuntReadTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_change_changes_the_ETag()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), stock: 2);
        var before = await Engine.Anonymous().Get($"/v1/treasures/{treasureId}");
        await Engine.Player("alice").Wins(treasureId, "key");

        var after = await Poll.For("the change shows", async () =>
            await Engine.Anonymous().Get(
                $"/v1/treasures/{treasureId}", ("If-None-Match", before.Headers["ETag"])) is { Problem: "200" } changed ? changed : null);

        Assert.Equal(1, after.NumberOf("remaining"));
        Assert.True(Number(after, "Hunt-Sequence") > Number(before, "Hunt-Sequence"));
    }

    [Fact]
    public async Task A_hunt_shows_its_treasures_and_the_latest_hunts_come_first()
    {
        var (first, second) = (await Admin.OpenHunt(), await Admin.OpenHunt(playerLimit: 3));
        var treasures = new[] { await Admin.Hide(second, stock: 5), await Admin.Hide(second, stock: 0) };
        await Admin.WaitForTreasure(treasures[0], treasure => treasure.TextOf("status") == "available");

        var hunt = await Poll.For("the hunt shows both treasures", async () =>
            await Engine.Anonymous("api-2").Get($"/v1/hunts/{second}") is var seen && seen["treasures"].GetArrayLength() == 2
                ? seen : null);
        var hunts = await Poll.For("the list shows both hunts", async () =>
        {
            var list =
                (await Engine.Anonymous().Get("/v1/hunts"))["hunts"].EnumerateArray().Select(line => line.GetProperty("huntId").GetString())
                    .ToList();
            return list.Contains(first) && list.Contains(second) ? list : null;
        });

        Assert.Equal((3L, "Autumn sale"), (hunt.NumberOf("playerLimit"), hunt.TextOf("name")));
        Assert.Equal(treasures, hunt["treasures"].EnumerateArray().Select(treasure => treasure.GetProperty("treasureId").GetString()));
        Assert.Equal(
            ["available", "exhausted"], hunt["treasures"].EnumerateArray().Select(treasure => treasure.GetProperty("status").GetString()));
        Assert.True(hunts.IndexOf(second) < hunts.IndexOf(first));
    }

    private static long Number(ApiResponse answer, string header) => long.Parse(answer.Headers[header], CultureInfo.InvariantCulture);
}
