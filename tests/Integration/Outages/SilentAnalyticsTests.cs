using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Analytics;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The projections do not reach the broker: analytics waits, and nobody else.</summary>
[Collection(nameof(Fragile))]
public sealed class SilentAnalyticsTests(FragileEngine fixture) : FragileTests(fixture)
{
    private const string Teller = "projections-behind-relay";

    private readonly Relay _broker = Relay.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Host("projections-1").Kill();
        var relay = new UriBuilder(Engine.Bus.AddressOf("projections")) { Port = _broker.Port };
        await Engine.Add(Teller, ("ConnectionStrings__RabbitMq", relay.Uri.ToString()));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.Host(Teller).Kill();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_broker_that_says_nothing_stalls_analytics_and_no_read_model()
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await using var analytics = new Consuming(Engine, "first", projections: Teller);
        await analytics.HasExactlyTheLog();

        _broker.HoldBack(Direction.ToClient);
        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Claim(treasureId, "key")).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player("bob").Claim(treasureId, "key")).Outcome);
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("awarded") == 2);
        await Engine.CleanAudit(huntId, Teller);
        await Until.True(
            "the teller has given up waiting",
            () => Engine.Host(Teller).Output.Contains("Facts for analytics are not confirmed", StringComparison.Ordinal));
        _broker.Release();

        await analytics.HasExactlyTheLog();
        Assert.Equal(0, analytics.Consumer.Gaps);
    }
}
