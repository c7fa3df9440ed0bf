using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>Projections that are killed or replaced leave complete read models.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ProjectionFailoverTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task Projections_killed_under_load_catch_up_with_the_event_store()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 500);
        var load = new PeakLoadRun(Engine, treasureId, players: 500, claimsEach: 2, keysEach: 2);

        var running = load.Run();
        await load.WaitForAnswers(300);
        await Engine.Host("projections-1").Kill();
        await running;
        await Engine.StartMissingHosts();

        await load.AssertMatchesEventStore(stock: 500);
        var audit = await Engine.AssertCleanAudit(huntId);
        Assert.Equal((1000, 500), (audit.GetProperty("decided").GetInt32(), audit.GetProperty("won").GetInt32()));
    }

    [Fact]
    public async Task Another_Projections_host_takes_over_from_a_killed_leader()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 2);
        await Engine.StartHost("projections-2");
        await Engine.Player("alice").Wins(treasureId, "key");
        await WaitForAwards(treasureId, awarded: 1);

        await Engine.Host("projections-1").Kill();
        await Engine.Player("bob").Wins(treasureId, "key");
        await WaitForAwards(treasureId, awarded: 2);

        await Engine.AssertCleanAudit(huntId, "projections-2");
        await Engine.Host("projections-2").Kill();
    }

    private Task WaitForAwards(string treasureId, int awarded) =>
        Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == awarded);
}
