using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>A consumer of the event stream stores every event exactly once, also after lost connections.</summary>
public sealed class ConsumerTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_late_consumer_that_loses_its_connection_has_every_event_once()
    {
        await using var network = FaultyTcpProxy.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");
        var treasureId = await Engine.OpenHuntWithClaims();

        await using var late = new RunningConsumer(Engine, "first", network.Port);
        await Poll.Until("the consumer has received events", () => late.Consumer.UpTo > 0);
        network.CloseConnections();
        await Poll.Until("the consumer has reconnected", () => late.Consumer.Connections > 1);
        await Engine.Admin().SendCommand($"/v1/treasures/{treasureId}/restock", new { units = 2 });
        await Engine.ClaimByTenPlayers(treasureId, "second");
        network.CloseConnections();
        await Engine.ClaimByTenPlayers(treasureId, "third");

        await late.AssertHasAllEvents();
        // An event may arrive before the consumer counts its connection.
        await Poll.Until("the connection was cut twice", () => late.Consumer.Connections > 2);
    }
}
