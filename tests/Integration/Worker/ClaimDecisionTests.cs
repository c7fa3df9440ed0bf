using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>The events that a worker records.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class ClaimDecisionTests(WorkerFixture workers)
{
    [Fact]
    public async Task Awards_and_refusals_have_separate_streams_and_one_sequence_of_positions()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 2);
        var claims =
            new[] { "alice", "bob", "carol", "alice", "dave" }.Select((player, n) => Claim(treasureId, player, $"key-{n}", minute: n + 1))
                .ToArray();

        var outcomes = await workers.First.Decide(claims);

        Assert.Equal(
            [Outcomes.Won, Outcomes.Won, Reasons.TreasureExhausted, Reasons.AlreadyClaimed, Reasons.TreasureExhausted],
            outcomes.Select(outcome => outcome.Outcome()));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], outcomes.Select(outcome => outcome.Position));
        var events = await workers.EventStore.OfTreasure(treasureId);
        Assert.Equal(
            [(StreamNames.Treasure(treasureId), 2L, claims[0].ClaimId), (StreamNames.Treasure(treasureId), 3L, claims[1].ClaimId)],
            events.Where(stored => stored.Data is TreasureAwarded).Select(stored => (stored.Stream, stored.Version, stored.Id)));
        Assert.Equal(
            claims[2..].Select((claim, n) => (StreamNames.Refusals(treasureId), n + 1L, claim.ClaimId)),
            events.Where(stored => stored.Data is ClaimRefused).Select(stored => (stored.Stream, stored.Version, stored.Id)));
        Assert.Equal(outcomes, events.Select(stored => stored.Data).OfType<IClaimEvent>());
    }

    [Fact]
    public async Task A_refusal_states_the_winning_position_and_the_delay()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());

        var outcomes = await workers.First.Decide(Claim(treasureId, "alice", minute: 1), Claim(treasureId, "bob", minute: 1.5));

        Assert.Equal(
            (2L, 1L, 30_000L),
            outcomes[1] is ClaimRefused late ? (late.Position, late.WinningPosition!.Value, late.LateByMs!.Value) : default);
    }
}
