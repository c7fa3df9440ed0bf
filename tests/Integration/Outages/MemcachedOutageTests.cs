using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Analytics;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Memcached does not answer the projections: the read models in Redis and analytics go on.</summary>
[Collection(nameof(OutageGroup))]
public sealed class MemcachedOutageTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    private const string ProjectionsName = "projections-behind-cache-relay";

    private readonly FaultyTcpProxy _memcached = FaultyTcpProxy.To(Servers.Memcached);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Host("projections-1").Kill();
        await Engine.StartHost(ProjectionsName, ("ConnectionStrings__Memcached", $"127.0.0.1:{_memcached.Port}"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.Host(ProjectionsName).Kill();
        await _memcached.DisposeAsync();
    }

    [Fact]
    public async Task A_Memcached_that_does_not_answer_delays_neither_Redis_nor_analytics()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 5);
        await using var analytics = new RunningConsumer(Engine, "first", projections: ProjectionsName);
        await analytics.AssertHasAllEvents();

        _memcached.Pause(Direction.ToClient);
        foreach (var player in (string[])["alice", "bob", "carol"])
        {
            var won = await Engine.Player(player).Wins(treasureId, "key");
            Assert.Equal(Outcomes.Won, (await Engine.Player(player).WaitForOutcome(won.ClaimId)).Outcome);
        }

        await analytics.AssertHasAllEvents();
        _memcached.Resume();

        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == 3);
        await Engine.AssertCleanAudit(huntId, ProjectionsName);
    }
}
