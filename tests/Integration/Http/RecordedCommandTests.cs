using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The events of administrative commands.</summary>
public sealed class RecordedCommandTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task Every_status_change_of_a_hunt_is_recorded_at_the_returned_sequence()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        foreach (var (step, expected) in new[]
        {
            ("schedule", typeof(HuntScheduled)), ("open", typeof(HuntOpened)), ("pause", typeof(HuntPaused)),
            ("resume", typeof(HuntResumed)), ("close", typeof(HuntClosed)),
        })
        {
            var answer = await Admin.SendCommand($"/v1/hunts/{huntId}/{step}");
            var stored = Assert.Single(await Engine.EventStore.All(), stored => stored.Sequence == answer.Sequence);
            Assert.Equal((huntId, expected, StreamNames.Hunt(huntId)), (answer.Id, stored.Data.GetType(), stored.Stream));
        }
    }

    [Fact]
    public async Task Restock_withdraw_and_clues_are_recorded()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        await Admin.SendCommand($"/v1/treasures/{treasureId}/restock", new { units = 4 });
        await Admin.SendCommand(
            $"/v1/treasures/{treasureId}/clues", new { text = "Where the river bends", revealAt = "2026-11-23T18:05:00Z" });
        await Admin.SendCommand($"/v1/treasures/{treasureId}/withdraw");

        var events = (await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).ToList();

        Assert.Equal(
            [typeof(TreasureHidden), typeof(TreasureRestocked), typeof(ClueAdded), typeof(TreasureWithdrawn)],
            events.Select(stored => stored.GetType()));
        Assert.Equal((4, "Where the river bends"), (((TreasureRestocked)events[1]).Units, ((ClueAdded)events[2]).Clue.Text));
        await Admin.WaitForTreasure(treasureId, treasure => treasure.NumberOf("stock") == 5);
    }
}
