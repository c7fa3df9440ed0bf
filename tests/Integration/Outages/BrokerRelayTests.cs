using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Outages;

/// <summary>Tests with a relay between an Api and the broker.</summary>
public abstract class BrokerRelayTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    protected const string ApiName = "api-behind-relay";

    protected FaultyTcpProxy Broker { get; } = FaultyTcpProxy.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var relay = new UriBuilder(Engine.Bus.AddressOf("api")) { Port = Broker.Port };
        await Engine.StartHost(ApiName, ("ConnectionStrings__RabbitMq", relay.Uri.ToString()));
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Engine.Host(ApiName).Kill();
        await Broker.DisposeAsync();
    }
}
