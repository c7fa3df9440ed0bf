using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>Many players claim one treasure.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class PeakLoadTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task Two_thousand_claims_on_one_unit_by_500_players_have_one_winner()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 1);
        var load = new PeakLoadRun(Engine, treasureId, players: 500, claimsEach: 4, keysEach: 4);

        await load.RunWithoutProjections();

        var decisions = await load.AssertMatchesEventStore(stock: 1);
        Assert.Equal(2000, decisions.Count);
        var audit = await Engine.AssertCleanAudit(huntId);
        Assert.Equal((2000, 1), (audit.GetProperty("decided").GetInt32(), audit.GetProperty("won").GetInt32()));
        await Parallel.ForEachAsync(load.Outcomes, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (outcome, _) =>
        {
            var read = await Engine.Player(outcome.PlayerId, "api-2").Get($"/v1/claims/{outcome.ClaimId}");
            Assert.Equal(("200", outcome.Outcome, (long?)outcome.Position), (read.Problem, read.Outcome, read.NumberOf("position")));
        });
    }

    [Fact]
    public async Task Locks_deleted_under_load_change_nothing()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 25);
        var load = new PeakLoadRun(Engine, treasureId, players: 200, claimsEach: 5, keysEach: 3);
        var deleted = 0;

        await load.RunWithoutProjections(async () =>
        {
            await load.WaitForAnswers(100);
            while (load.Outcomes.Count < 900)
            {
                deleted += await RedisKeys.Delete(Servers.RedisLocks, $"*{Engine.Prefix}:lock:*");
            }
        });

        Assert.True(deleted > 0, "No lock was deleted.");
        await load.AssertMatchesEventStore(stock: 25);
        await Engine.AssertCleanAudit(huntId);
    }
}
