using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>Workers end under peak load.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class WorkerFailureTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task Claims_of_a_killed_worker_are_decided_exactly_once()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 25);
        var load = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await load.RunWithoutProjections(async () =>
        {
            // Either of the two may have the shard, so each is killed once.
            await load.WaitForAnswers(250);
            await Engine.Host("commands-1").Kill();
            await load.WaitForAnswers(500);
            await Engine.StartMissingHosts();
            await Engine.Host("commands-2").Kill();
        });

        await load.AssertMatchesEventStore(stock: 25);
        await Engine.AssertCleanAudit(huntId);
    }

    [Fact]
    public async Task A_stopping_worker_finishes_its_messages_and_hands_over_the_rest()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 25);
        var load = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);

        await load.RunWithoutProjections(async () =>
        {
            await load.WaitForAnswers(250);
            Assert.Equal(0, await Engine.Host("commands-1").Stop());
            await load.WaitForAnswers(500);
            await Engine.StartMissingHosts();
            Assert.Equal(0, await Engine.Host("commands-2").Stop());
        });

        await load.AssertMatchesEventStore(stock: 25);
        await Engine.AssertCleanAudit(huntId);
    }
}
