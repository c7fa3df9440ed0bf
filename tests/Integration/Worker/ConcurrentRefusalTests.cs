using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Two workers refuse claims at the same time.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class ConcurrentRefusalTests(WorkerFixture workers)
{
    [Fact]
    public async Task Refusals_of_both_workers_are_recorded_with_distinct_positions()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 0);

        await workers.DecideConcurrently(
            "mt_events", () => workers.First.Decide(Claim(treasureId, "alice")), () => workers.Second.Decide(Claim(treasureId, "bob")));

        var events = await workers.EventStore.OfTreasure(treasureId);
        Assert.Equal([1L, 2L], events.Refusals().Select(refusal => refusal.Position));
    }

    [Fact]
    public async Task An_award_and_a_refusal_of_two_workers_never_share_a_position()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 5, proof: "under the bridge");

        await workers.DecideConcurrently(
            "slots",
            () => workers.First.Decide(Claim(treasureId, "alice", proof: "under the bridge")),
            () => workers.Second.Decide(Claim(treasureId, "bob", proof: "in the tree")));

        Assert.Equal([1L, 2L], (await workers.EventStore.OfTreasure(treasureId)).Decisions().Select(decision => decision.Position).Order());
    }

    [Fact]
    public async Task Wrong_proofs_on_both_workers_are_counted_together()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), proof: "under the bridge");
        await workers.First.Decide(Enumerable.Range(0, 9).Select(n => Claim(treasureId, "alice", $"key-{n}", "in the tree")).ToArray());

        var outcomes = await workers.DecideConcurrently(
            "slots",
            () => workers.First.Decide(Claim(treasureId, "alice", "left", "in the well")),
            () => workers.Second.Decide(Claim(treasureId, "alice", "right", "in the barn")));

        Assert.Equal([Reasons.ProofWrong, Reasons.TooManyAttempts], outcomes.Select(outcome => outcome.Outcome()).Order());
    }
}
