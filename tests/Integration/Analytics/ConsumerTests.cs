using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Whoever consumes the facts has exactly the log, whenever it joins and whatever happens to it.</summary>
public sealed class ConsumerTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_consumer_that_joins_late_and_loses_its_connection_has_exactly_the_events_of_the_log()
    {
        await using var network = Relay.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");
        var treasureId = await Sale();

        await using var late = new Consuming(Engine, "first", network.Port);
        await Until.True("it has begun", () => late.Consumer.UpTo > 0);
        network.Cut();
        await Until.True("it listens again", () => late.Consumer.Connections > 1);
        await Engine.Admin().Command($"/v1/treasures/{treasureId}/restock", new { units = 2 });
        await Engine.Crowd(treasureId, "second");
        network.Cut();
        await Engine.Crowd(treasureId, "third");

        await late.HasExactlyTheLog();
        // A fact may come before the consumer knows that it listens.
        await Until.True("it was cut off twice", () => late.Consumer.Connections > 2);
    }

    [Fact]
    public async Task Numbers_of_the_log_that_no_fact_has_are_no_gaps()
    {
        await using var whole = new Consuming(Engine, "first");
        // As a transaction does that is rolled back.
        await Engine.Log.Execute($"select nextval('{Engine.Schema}.mt_events_sequence')");
        await Sale();

        await whole.HasExactlyTheLog();
        Assert.Equal(0, whole.Consumer.Gaps);
    }

    [Fact]
    public async Task A_consumer_that_begins_at_the_end_of_the_stream_gets_what_came_before_from_the_feed()
    {
        var treasureId = await Sale();
        await using var next = new Consuming(Engine, "next");
        await Until.True("it listens", () => next.Consumer.Connections > 0);

        // Where its end is, a stream decides some time after it has taken a consumer. A claim on what is sold out is no fact.
        await Until.True("it is told something", async () =>
        {
            await Engine.Admin().Command($"/v1/treasures/{treasureId}/restock", new { units = 1 });
            return next.Consumer.UpTo > 0;
        });

        await next.HasExactlyTheLog();
        Assert.InRange(next.Consumer.Gaps, 1, int.MaxValue);
    }

    /// <summary>A hunt with winners, losers and a treasure that has a proof.</summary>
    private async Task<string> Sale()
    {
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.Admin().Hide(huntId, proof: "under the old oak");
        var treasureId = await Engine.Admin().Hide(huntId, stock: 3);
        await Engine.Crowd(treasureId, "first");
        return treasureId;
    }
}
