using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>
/// Two desks that decide at the same moment, each without a sign of the other. A table is held until both have read what
/// they decide on, so that the race is lost every time and not now and then.
/// </summary>
public sealed class RivalWorkersTests(WorkerFixture office) : IClassFixture<WorkerFixture>, IAsyncLifetime
{
    private long _head;

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"PostgreSQL: {office.Server}");
        _head = await LastSequenceTaken();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_unit_has_one_winner_and_the_loser_decides_again_on_fresh_state()
    {
        var treasureId = await office.Treasure(await office.Hunt());

        var outcomes =
            await AtOnce("slots", () => office.One.Decide(Claim(treasureId, "alice")), () => office.Two.Decide(Claim(treasureId, "bob")));

        var winner = Assert.Single(outcomes.OfType<TreasureAwarded>());
        var loser = Assert.Single(outcomes.OfType<ClaimRefused>());
        Assert.Equal((Reasons.TreasureExhausted, 2L, winner.Position), (loser.Reason, loser.Position, loser.WinningPosition));
        Assert.Equal(2, (await office.Log.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Every_unit_goes_out_once_and_every_place_is_taken_once()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 3);

        await AtOnce(
            "slots",
            () => office.One.Decide(Enumerable.Range(0, 5).Select(n => Claim(treasureId, $"left-{n}")).ToArray()),
            () => office.Two.Decide(Enumerable.Range(0, 5).Select(n => Claim(treasureId, $"right-{n}")).ToArray()));

        var facts = await office.Log.OfTreasure(treasureId);
        Assert.Equal(3, facts.Awards().Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), facts.Decisions().Select(decision => decision.Position).Order());
    }

    [Theory]
    [InlineData(1, "slots")]
    [InlineData(500, "mt_events")]
    public async Task The_same_claim_at_both_has_one_outcome(double minute, string table)
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 5, perPlayer: 5);
        var claim = Claim(treasureId, "alice", minute: minute);

        var outcomes = await AtOnce(table, () => office.One.Decide(claim), () => office.Two.Decide(claim));

        Assert.Single(outcomes.Distinct());
        Assert.Equal(outcomes[0], Assert.Single((await office.Log.OfTreasure(treasureId)).Decisions()));
    }

    [Fact]
    public async Task Refusals_at_both_are_all_recorded_each_in_its_place()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 0);

        await AtOnce("mt_events", () => office.One.Decide(Claim(treasureId, "alice")), () => office.Two.Decide(Claim(treasureId, "bob")));

        var facts = await office.Log.OfTreasure(treasureId);
        Assert.Equal([1L, 2L], facts.Refusals().Select(refusal => refusal.Position));
    }

    [Fact]
    public async Task An_award_at_one_and_a_refusal_at_the_other_never_share_a_place()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 5, proof: "under the bridge");

        await AtOnce(
            "slots",
            () => office.One.Decide(Claim(treasureId, "alice", proof: "under the bridge")),
            () => office.Two.Decide(Claim(treasureId, "bob", proof: "in the tree")));

        Assert.Equal([1L, 2L], (await office.Log.OfTreasure(treasureId)).Decisions().Select(decision => decision.Position).Order());
    }

    [Fact]
    public async Task The_limit_of_a_hunt_holds_over_two_of_its_treasures_and_no_sequence_is_burned()
    {
        var huntId = await office.Hunt(playerLimit: 1);
        var (goose, swan) = (await office.Treasure(huntId), await office.Treasure(huntId));

        var outcomes = await AtOnce("slots", () => office.One.Decide(Claim(goose, "alice")), () => office.Two.Decide(Claim(swan, "alice")));

        Assert.Equal([Reasons.PlayerLimitReached, Outcomes.Won], outcomes.Select(outcome => outcome.Outcome()).Order());
        var sequences = (await office.Log.All()).Select(fact => fact.Sequence).Where(sequence => sequence > _head).ToList();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => _head + n), sequences);
        Assert.Equal(sequences[^1], await LastSequenceTaken());
    }

    [Fact]
    public async Task Wrong_proofs_at_both_are_counted_together()
    {
        var treasureId = await office.Treasure(await office.Hunt(), proof: "under the bridge");
        await office.One.Decide(Enumerable.Range(0, 9).Select(n => Claim(treasureId, "alice", $"key-{n}", "in the tree")).ToArray());

        var outcomes = await AtOnce(
            "slots",
            () => office.One.Decide(Claim(treasureId, "alice", "left", "in the well")),
            () => office.Two.Decide(Claim(treasureId, "alice", "right", "in the barn")));

        Assert.Equal([Reasons.ProofWrong, Reasons.TooManyAttempts], outcomes.Select(outcome => outcome.Outcome()).Order());
    }

    [Fact]
    public async Task A_lock_lost_in_the_middle_changes_nothing()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var prefix = Ids.FreshSlug();
        var (one, two) = (office.Open(lockPrefix: prefix), office.Open(lockPrefix: prefix));

        Task<IReadOnlyList<IClaimEvent>> first, second;
        await using (var hold = await office.Log.Hold("slots"))
        {
            first = one.Decide(Claim(treasureId, "alice"));
            await hold.Waiting(1);
            Assert.True(await RedisKeys.Delete(Servers.RedisLocks, $"*{prefix}:lock:{treasureId}") >= 2, "There was no lock to lose.");
            second = two.Decide(Claim(treasureId, "bob"));
            await hold.Waiting(2);
        }

        Assert.Single((await Task.WhenAll(first, second)).SelectMany(outcomes => outcomes).OfType<TreasureAwarded>());
        Assert.Equal(2, (await office.Log.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Without_lock_masters_two_desks_decide_on_versions_alone()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        const string Nowhere = "127.0.0.1:1;127.0.0.1:2;127.0.0.1:3";

        var outcomes =
            await AtOnce(
                "slots", () => office.Open(Nowhere).Decide(Claim(treasureId, "alice")),
                () => office.Open(Nowhere).Decide(Claim(treasureId, "bob")));

        Assert.Equal([Reasons.TreasureExhausted, Outcomes.Won], outcomes.Select(outcome => outcome.Outcome()).Order());
    }

    private async Task<List<IClaimEvent>> AtOnce(string table, params Func<Task<IReadOnlyList<IClaimEvent>>>[] desks)
    {
        Task<IReadOnlyList<IClaimEvent>[]> deciding;
        await using (var hold = await office.Log.Hold(table))
        {
            deciding = Task.WhenAll(desks.Select(desk => desk()));
            await hold.Waiting(desks.Length);
        }

        return (await deciding).SelectMany(outcomes => outcomes).ToList();
    }

    private Task<long> LastSequenceTaken() =>
        office.Log.Value<long>($"select case when is_called then last_value else 0 end from {office.Schema}.mt_events_sequence");
}
