using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Analytics;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Tests that stop servers that all share run when all others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The broker ends and comes back.</summary>
[Collection(nameof(Alone))]
public sealed class BrokerRestartTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Through_a_restart_of_the_broker_a_consumer_has_exactly_the_events_of_the_log()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        await Engine.Crowd(treasureId, "before");
        await using var analytics = new Consuming(Engine, "first");
        await Until.True("it has begun", () => analytics.Consumer.UpTo > 0);

        await BrokerNode.Stop();
        var quietHunt = await OpenHuntWithoutTheBus();
        await Engine.Nobody().SeesHunt(quietHunt, "open");
        Assert.DoesNotContain(analytics.Kept, fact => fact.Subject == StreamNames.Hunt(quietHunt));
        await BrokerNode.Start();
        Assert.Equal("200", (await Engine.Admin().Command($"/v1/treasures/{treasureId}/restock", new { units = 2 })).Problem);
        await Engine.Crowd(treasureId, "after");

        await analytics.HasExactlyTheLog();
        Assert.Equal(0, analytics.Consumer.Gaps);
        Assert.True(analytics.Consumer.Connections > 1, "Its connection ended with the broker.");
        await Engine.CleanAudit(huntId);
    }

    // A worker that has its messages already goes on writing while the bus is away.
    private async Task<string> OpenHuntWithoutTheBus()
    {
        var huntId = Ids.FreshSlug();
        var now = TimeProvider.System.GetUtcNow();
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(Servers.Postgres);
            EventStoreRegistration.Configure(options, Engine.Schema);
        });
        await using var session = store.LightweightSession();
        session.Events.StartStream(
            StreamNames.Hunt(huntId), new HuntDrafted(huntId, now, "Quiet sale", now, now.AddHours(4), PlayerLimit: null),
            new HuntOpened(huntId, now));
        await session.SaveChangesAsync();
        return huntId;
    }
}
