using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The limits of refusals and of wrong proofs.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class AttemptLimitTests(WorkerFixture workers)
{
    [Fact]
    public async Task Six_hundred_refused_claims_of_one_player_record_twenty_events_across_workers()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 0);
        var claims = Enumerable.Range(0, 600).Select(n => Claim(treasureId, "alice", $"key-{n}")).ToArray();

        var first = await workers.First.Decide(claims[..300]);
        var then = await workers.Second.Decide(claims[300..]);
        var again = await workers.Second.Decide(claims[..300]);

        Assert.Equal(20, (await workers.EventStore.OfTreasure(treasureId)).Decisions().Count);
        Assert.Equal(
            Enumerable.Repeat(Reasons.TreasureExhausted, 20).Concat(Enumerable.Repeat(Reasons.TooManyRefusals, 280)),
            first.Select(outcome => outcome.Outcome()));
        Assert.All(then, outcome => Assert.Equal(Reasons.TooManyRefusals, outcome.Outcome()));
        Assert.Equal(first.Select(outcome => outcome.Outcome()), again.Select(outcome => outcome.Outcome()));
    }

    [Fact]
    public async Task Wrong_proofs_are_counted_across_batches_and_block_the_right_one()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 5, proof: "under the bridge");
        foreach (var half in Enumerable.Range(0, 10).Select(n => Claim(treasureId, "alice", $"key-{n}", "in the tree")).Chunk(5))
        {
            Assert.All(await workers.First.Decide(half), outcome => Assert.Equal(Reasons.ProofWrong, outcome.Outcome()));
        }

        var outcomes =
            await workers.Second.Decide(
                Claim(treasureId, "alice", proof: "under the bridge"), Claim(treasureId, "bob"),
                Claim(treasureId, "carol", proof: "under the bridge"));

        Assert.Equal([Reasons.TooManyAttempts, Reasons.ProofMissing, Outcomes.Won], outcomes.Select(outcome => outcome.Outcome()));
    }
}
