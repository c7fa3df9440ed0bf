using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Analytics;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The projections do not reach the broker: only analytics waits.</summary>
[Collection(nameof(OutageGroup))]
public sealed class AnalyticsOutageTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    private const string ProjectionsName = "projections-behind-relay";

    private readonly FaultyTcpProxy _broker = FaultyTcpProxy.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Host("projections-1").Kill();
        var relay = new UriBuilder(Engine.Bus.AddressOf("projections")) { Port = _broker.Port };
        await Engine.StartHost(ProjectionsName, ("ConnectionStrings__RabbitMq", relay.Uri.ToString()));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.Host(ProjectionsName).Kill();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task An_unresponsive_broker_stalls_analytics_and_no_read_model()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 2);
        await using var analytics = new RunningConsumer(Engine, "first", projections: ProjectionsName);
        await analytics.AssertHasAllEvents();

        _broker.Pause(Direction.ToClient);
        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Claim(treasureId, "key")).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "key")).Outcome);
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == 2);
        await Engine.AssertCleanAudit(huntId, ProjectionsName);
        await Poll.Until(
            "the projections log the missing confirmation",
            () => Engine.Host(ProjectionsName).Output.Contains("The broker did not confirm events for analytics", StringComparison.Ordinal));
        _broker.Resume();

        await analytics.AssertHasAllEvents();
        Assert.Equal(0, analytics.Consumer.Gaps);
    }
}
