using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>
/// Two workers that decide at the same time without a shared lock. A table stays locked until both have read the state that
/// they decide on, so that the conflict occurs in every run.
/// </summary>
[Collection(nameof(WorkerGroup))]
public sealed class ConcurrentClaimTests(WorkerFixture workers)
{
    [Fact]
    public async Task One_unit_has_one_winner_and_the_losing_worker_decides_again_on_current_state()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());

        var outcomes =
            await workers.DecideConcurrently(
                "slots", () => workers.First.Decide(Claim(treasureId, "alice")), () => workers.Second.Decide(Claim(treasureId, "bob")));

        var winner = Assert.Single(outcomes.OfType<TreasureAwarded>());
        var loser = Assert.Single(outcomes.OfType<ClaimRefused>());
        Assert.Equal((Reasons.TreasureExhausted, 2L, winner.Position), (loser.Reason, loser.Position, loser.WinningPosition));
        Assert.Equal(2, (await workers.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Every_unit_is_awarded_once_and_every_position_is_used_once()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 3);

        await workers.DecideConcurrently(
            "slots",
            () => workers.First.Decide(Enumerable.Range(0, 5).Select(n => Claim(treasureId, $"left-{n}")).ToArray()),
            () => workers.Second.Decide(Enumerable.Range(0, 5).Select(n => Claim(treasureId, $"right-{n}")).ToArray()));

        var events = await workers.EventStore.OfTreasure(treasureId);
        Assert.Equal(3, events.Awards().Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), events.Decisions().Select(decision => decision.Position).Order());
    }

    [Theory]
    [InlineData(1, "slots")]
    [InlineData(500, "mt_events")]
    public async Task The_same_claim_on_both_workers_has_one_outcome(double minute, string table)
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 5, perPlayer: 5);
        var claim = Claim(treasureId, "alice", minute: minute);

        var outcomes = await workers.DecideConcurrently(table, () => workers.First.Decide(claim), () => workers.Second.Decide(claim));

        Assert.Single(outcomes.Distinct());
        Assert.Equal(outcomes[0], Assert.Single((await workers.EventStore.OfTreasure(treasureId)).Decisions()));
    }
}
