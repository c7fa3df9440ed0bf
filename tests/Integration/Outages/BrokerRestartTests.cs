using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Analytics;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The broker is restarted.</summary>
[Collection(nameof(ExclusiveGroup))]
public sealed class BrokerRestartTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_consumer_has_every_event_once_after_a_broker_restart()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5);
        await Engine.ClaimByTenPlayers(treasureId, "before");
        await using var analytics = new RunningConsumer(Engine, "first");
        await Poll.Until("the consumer has received events", () => analytics.Consumer.UpTo > 0);

        await BrokerNode.Stop();
        var quietHunt = await OpenHuntWithoutTheBus();
        await Engine.Anonymous().WaitForHunt(quietHunt, "open");
        Assert.DoesNotContain(analytics.Events, stored => stored.Subject == StreamNames.Hunt(quietHunt));
        await BrokerNode.Start();
        Assert.Equal("200", (await Engine.Admin().SendCommand($"/v1/treasures/{treasureId}/restock", new { units = 2 })).Problem);
        await Engine.ClaimByTenPlayers(treasureId, "after");

        await analytics.AssertHasAllEvents();
        Assert.Equal(0, analytics.Consumer.Gaps);
        Assert.True(analytics.Consumer.Connections > 1, "The consumer did not reconnect.");
        await Engine.AssertCleanAudit(huntId);
    }

    // A worker still appends the events of received messages while the broker is down.
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
