using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Gaps in the event stream are filled from the feed.</summary>
public sealed class ConsumerGapTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Unused_sequence_numbers_are_no_gaps()
    {
        await using var whole = new RunningConsumer(Engine, "first");
        // A transaction that is rolled back leaves the same gap.
        await Engine.EventStore.Execute($"select nextval('{Engine.Schema}.mt_events_sequence')");
        await Engine.OpenHuntWithClaims();

        await whole.AssertHasAllEvents();
        Assert.Equal(0, whole.Consumer.Gaps);
    }

    [Fact]
    public async Task A_consumer_that_begins_at_the_end_of_the_stream_reads_earlier_events_from_the_feed()
    {
        var treasureId = await Engine.OpenHuntWithClaims();
        await using var next = new RunningConsumer(Engine, "next");
        await Poll.Until("the consumer is connected", () => next.Consumer.Connections > 0);

        // The broker fixes the end of the stream some time after the consumer connects. Restocks record events after that.
        await Poll.Until("the consumer receives an event", async () =>
        {
            await Engine.Admin().SendCommand($"/v1/treasures/{treasureId}/restock", new { units = 1 });
            return next.Consumer.UpTo > 0;
        });

        await next.AssertHasAllEvents();
        Assert.InRange(next.Consumer.Gaps, 1, int.MaxValue);
    }
}
