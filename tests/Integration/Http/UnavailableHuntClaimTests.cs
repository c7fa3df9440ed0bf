using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The Api refuses claims in hunts that are not open.</summary>
public class UnavailableHuntClaimTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task The_Api_refuses_claims_in_a_draft_paused_or_closed_hunt_and_records_nothing()
    {
        var huntId = await Admin.Draft();
        var treasureId = await Admin.Hide(huntId);
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);

        await ChangeStatusTo("open", "open");
        await ChangeStatusTo("pause", "paused");
        Assert.Equal("409 hunt-paused", (await Alice.Claim(treasureId, "key")).Problem);

        await ChangeStatusTo("resume", "open");
        await ChangeStatusTo("close", "closed");
        Assert.Equal("409 hunt-closed", (await Alice.Claim(treasureId, "key")).Problem);
        Assert.Empty((await Engine.EventStore.OfTreasure(treasureId)).Decisions());

        async Task ChangeStatusTo(string step, string status)
        {
            await Admin.ChangeStatus(huntId, step);
            await Admin.WaitForHunt(huntId, status);
        }
    }

    [Fact]
    public async Task A_treasure_of_a_scheduled_or_cancelled_hunt_accepts_no_claims()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.ChangeStatus(huntId, "schedule");
        await Admin.WaitForHunt(huntId, "scheduled");
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);

        await Admin.ChangeStatus(huntId, "cancel");
        await Admin.WaitForHunt(huntId, "cancelled");
        Assert.Equal("404 treasure-not-found", (await Alice.Claim(treasureId, "key")).Problem);
    }
}
