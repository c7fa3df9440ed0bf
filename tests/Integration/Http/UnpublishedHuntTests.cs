using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Only administrators see a hunt before its publication.</summary>
public sealed class UnpublishedHuntTests(SharedEngine engine) : PublicationTests(engine)
{
    [Fact]
    public async Task Only_administrators_see_a_draft()
    {
        var huntId = await Admin.Draft();
        var treasureId = await Admin.Hide(huntId);

        await AssertHuntIsNotPublic(huntId, treasureId);

        // A hunt that is cancelled before its publication stays invisible.
        await Admin.ChangeStatus(huntId, "cancel");
        await Admin.WaitForHunt(huntId, "cancelled");
        await AssertHuntIsNotPublic(huntId, treasureId);
    }

    [Fact]
    public async Task A_scheduled_hunt_is_not_public_until_it_opens_or_is_announced()
    {
        var (unannounced, later) = (await Admin.Draft(opensIn: TimeSpan.FromHours(1)), await Admin.Draft(
            opensIn: TimeSpan.FromHours(2), announcedIn: TimeSpan.FromHours(1)));
        foreach (var huntId in (string[])[unannounced, later])
        {
            var treasureId = await Admin.Hide(huntId);
            await Admin.ChangeStatus(huntId, "schedule");
            await Admin.WaitForHunt(huntId, "scheduled");
            await AssertHuntIsNotPublic(huntId, treasureId);
        }
    }
}
