using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>PostgreSQL refuses some claims of a batch: they are isolated, and the others are decided in their order.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class BatchIsolationTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_claim_with_a_treasure_id_that_PostgreSQL_refuses_is_isolated()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 100);
        var good = Enumerable.Range(0, 20).Select(n => Claim(treasureId, $"player-{n}")).ToList();
        var bad = new[] { Claim(TooLong(), "mallory"), Claim("go\0ose", "mallory") };

        var decided =
            await workers.First.Claims.HandleAsync(
                [.. good[..7], bad[0], .. good[7..12], bad[1], .. good[12..]], TestContext.Current.CancellationToken);

        Assert.Equal(bad.Select(claim => claim.ClaimId).Order(), decided.Failed.Keys.Order());
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), good.Select(claim => decided.Outcomes[claim.ClaimId].Position));
        Assert.Equal(20, (await workers.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task A_claim_with_a_player_id_that_PostgreSQL_refuses_is_isolated()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 100);
        var (good, bad) = (Claim(treasureId, "alice"), Claim(treasureId, TooLong()));

        var decided = await workers.First.Claims.HandleAsync([bad, good], TestContext.Current.CancellationToken);

        Assert.Equal(bad.ClaimId, Assert.Single(decided.Failed).Key);
        Assert.Equal(1, decided.Outcomes[good.ClaimId].Position);
    }

    [Fact]
    public async Task While_no_claim_can_be_decided_none_is_isolated()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var claim = Claim(treasureId, "alice");

        // Every insert fails with a data error.
        await workers.EventStore.Execute(
            $"""
             alter table {workers.Schema}.mt_events
             add constraint broken check (type <> 'treasure-awarded.v1' and type <> 'claim-refused.v1') not valid
             """);
        var deciding = workers.First.Claims.HandleAsync([claim], TestContext.Current.CancellationToken);
        await Poll.Until("the batch was tried and is held", () => workers.First.CountLogLines("No claim can be decided") > 0);
        Assert.False(deciding.IsCompleted);
        await workers.EventStore.Execute($"alter table {workers.Schema}.mt_events drop constraint broken");

        var decided = await deciding;
        Assert.Empty(decided.Failed);
        Assert.Equal(Outcomes.Won, decided.Outcomes[claim.ClaimId].Outcome());
    }

    // Random, because PostgreSQL compresses long values before it checks their size.
    private static string TooLong() => string.Concat(Enumerable.Range(0, 160).Select(_ => Ids.FreshSlug()));
}
