using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Streams;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>A stream does not reveal a hidden treasure.</summary>
public sealed class HiddenTreasureStreamTests(SharedEngine engine) : PublicationTests(engine)
{
    [Fact]
    public async Task A_stream_sends_a_hidden_treasure_when_its_hunt_opens_and_not_before()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.ChangeStatus(huntId, "schedule");
        await Engine.Anonymous().WaitForHunt(huntId, "scheduled");
        await using var client = await StreamClient.Connect(Engine.Anonymous(), huntId);
        await client.WaitFor(huntId, hunt => hunt.GetProperty("status").GetString() == "scheduled");
        // The streaming host processes a change of the hidden treasure.
        await Admin.SendCommand($"/v1/treasures/{treasureId}/restock", new { units = 1 });
        await Admin.WaitForTreasure(treasureId, treasure => treasure.NumberOf("stock") == 2);
        Assert.Null(client.Last(treasureId));
        await using (var second = await StreamClient.Connect(Engine.Anonymous(), huntId, client.LastEventId))
        {
            await second.WaitFor(huntId, _ => true);
            Assert.Null(second.Last(treasureId));
        }

        await Admin.ChangeStatus(huntId, "open");

        await client.WaitFor(treasureId, treasure => treasure.GetProperty("status").GetString() == "available");
        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Wins(treasureId, "key")).Outcome);
    }
}
