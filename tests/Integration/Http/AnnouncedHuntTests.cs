using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The announcement of a hunt publishes it without its treasures.</summary>
public sealed class AnnouncedHuntTests(SharedEngine engine) : PublicationTests(engine)
{
    [Fact]
    public async Task An_announced_hunt_is_public_without_its_treasures()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.WaitForHunt(huntId, "draft");
        await AssertHuntIsNotPublic(huntId, treasureId);

        await Admin.ChangeStatus(huntId, "schedule");
        await Engine.Anonymous().WaitForHunt(huntId, "scheduled");

        foreach (var api in ApiNames)
        {
            var hunt = await Engine.Anonymous(api).Get($"/v1/hunts/{huntId}");
            Assert.Empty(hunt["treasures"].EnumerateArray());
            Assert.Equal(JsonValueKind.String, hunt["announceAt"].ValueKind);
            Assert.Equal("200", (await Engine.Anonymous(api).Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
            await AssertTreasureIsNotPublic(api, treasureId);
        }

        await Poll.Until("it is listed", async () => await IsListed(Engine.Anonymous(), huntId));
        // The cancellation of a public hunt is public; its treasures stay invisible.
        await Admin.ChangeStatus(huntId, "cancel");
        await Engine.Anonymous().WaitForHunt(huntId, "cancelled");
        await AssertTreasureIsNotPublic("api-1", treasureId);
        Assert.Empty((await Engine.Anonymous().Get($"/v1/hunts/{huntId}"))["treasures"].EnumerateArray());
    }

    [Fact]
    public async Task An_announcement_after_the_opening_is_refused()
    {
        var now = TimeProvider.System.GetUtcNow();
        var refused =
            await Admin.SendCommand(
                "/v1/hunts",
                new { name = "Late", opensAt = now.AddHours(1), closesAt = now.AddHours(2), announceAt = now.AddHours(1).AddSeconds(1) });

        Assert.Equal("400 invalid-request", refused.Problem);
        Assert.Equal(["announceAt"], refused["errors"].EnumerateObject().Select(field => field.Name));
    }
}
