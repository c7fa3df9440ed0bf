using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Repeated claims in batches.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class RepeatedClaimTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_claim_repeated_in_a_batch_later_or_on_another_worker_has_one_outcome()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), perPlayer: 5, stock: 5);
        var (won, lost) = (Claim(treasureId, "alice"), Claim(treasureId, "bob", minute: 500));

        var first = await workers.First.Decide(won, lost, won);
        var later = await workers.First.Decide(lost, won);
        var elsewhere = await workers.Second.Decide(won, lost);

        Assert.Equal([Outcomes.Won, Reasons.HuntClosed, Outcomes.Won], first.Select(outcome => outcome.Outcome()));
        Assert.Equal([first[1], first[0]], later);
        Assert.Equal([first[0], first[1]], elsewhere);
        Assert.Equal(2, (await workers.EventStore.OfTreasure(treasureId)).Count(stored => stored.Data is IClaimEvent));
    }

    [Fact]
    public async Task New_claims_among_repeated_ones_continue_the_positions()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 2);
        await workers.First.Decide(Claim(treasureId, "alice"), Claim(treasureId, "alice", "again"));

        var outcomes = await workers.Second.Decide(Claim(treasureId, "bob"), Claim(treasureId, "alice"), Claim(treasureId, "carol"));

        Assert.Equal([3L, 1L, 4L], outcomes.Select(outcome => outcome.Position));
        Assert.Equal([Outcomes.Won, Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(outcome => outcome.Outcome()));
    }
}
