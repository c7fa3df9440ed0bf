using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>Apis end under peak load.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ApiFailureTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_stopping_Api_answers_its_accepted_requests()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 25);
        var load = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await load.RunWithoutProjections(async () =>
        {
            await load.WaitForAnswers(250);
            Assert.Equal(0, await Engine.Host("api-1").Stop());
        });

        await load.AssertMatchesEventStore(stock: 25);
        await Engine.AssertCleanAudit(huntId);
    }

    [Fact]
    public async Task A_killed_Api_loses_no_accepted_claim()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 25);
        var load = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await load.RunWithoutProjections(async () =>
        {
            await load.WaitForAnswers(250);
            await Engine.Host("api-2").Kill();
        });

        await load.AssertMatchesEventStore(stock: 25);
        await Engine.AssertCleanAudit(huntId);
    }
}
