using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>What one desk records.</summary>
public sealed class DecisionTests(WorkerFixture office) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task Awards_and_refusals_have_streams_of_their_own_and_one_line_of_positions()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 2);
        var claims =
            new[] { "alice", "bob", "carol", "alice", "dave" }.Select((player, n) => Claim(treasureId, player, $"key-{n}", minute: n + 1))
                .ToArray();

        var outcomes = await office.One.Decide(claims);

        Assert.Equal(
            [Outcomes.Won, Outcomes.Won, Reasons.TreasureExhausted, Reasons.AlreadyClaimed, Reasons.TreasureExhausted],
            outcomes.Select(FactOutcome));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], outcomes.Select(outcome => outcome.Position));
        var facts = await office.Log.OfTreasure(treasureId);
        Assert.Equal(
            [(StreamNames.Treasure(treasureId), 2L, claims[0].ClaimId), (StreamNames.Treasure(treasureId), 3L, claims[1].ClaimId)],
            facts.Where(fact => fact.Data is TreasureAwarded).Select(fact => (fact.Stream, fact.Version, fact.Id)));
        Assert.Equal(
            claims[2..].Select((claim, n) => (StreamNames.Refusals(treasureId), n + 1L, claim.ClaimId)),
            facts.Where(fact => fact.Data is ClaimRefused).Select(fact => (fact.Stream, fact.Version, fact.Id)));
        Assert.Equal(outcomes, facts.Select(fact => fact.Data).OfType<IClaimEvent>());
    }

    [Fact]
    public async Task Losers_learn_which_place_won_and_how_late_they_were()
    {
        var treasureId = await office.Treasure(await office.Hunt());

        var outcomes = await office.One.Decide(Claim(treasureId, "alice", minute: 1), Claim(treasureId, "bob", minute: 1.5));

        Assert.Equal(
            (2L, 1L, 30_000L),
            outcomes[1] is ClaimRefused late ? (late.Position, late.WinningPosition!.Value, late.LateByMs!.Value) : default);
    }

    [Fact]
    public async Task The_same_claim_twice_in_a_batch_later_or_at_another_desk_has_one_outcome()
    {
        var treasureId = await office.Treasure(await office.Hunt(), perPlayer: 5, stock: 5);
        var (won, lost) = (Claim(treasureId, "alice"), Claim(treasureId, "bob", minute: 500));

        var first = await office.One.Decide(won, lost, won);
        var later = await office.One.Decide(lost, won);
        var elsewhere = await office.Two.Decide(won, lost);

        Assert.Equal([Outcomes.Won, Reasons.HuntClosed, Outcomes.Won], first.Select(FactOutcome));
        Assert.Equal([first[1], first[0]], later);
        Assert.Equal([first[0], first[1]], elsewhere);
        Assert.Equal(2, (await office.Log.OfTreasure(treasureId)).Count(fact => fact.Data is IClaimEvent));
    }

    [Fact]
    public async Task Six_hundred_refused_claims_of_one_player_leave_twenty_events_whichever_desks_decide()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 0);
        var claims = Enumerable.Range(0, 600).Select(n => Claim(treasureId, "alice", $"key-{n}")).ToArray();

        var first = await office.One.Decide(claims[..300]);
        var then = await office.Two.Decide(claims[300..]);
        var again = await office.Two.Decide(claims[..300]);

        Assert.Equal(20, (await office.Log.OfTreasure(treasureId)).Decisions().Count);
        Assert.Equal(
            Enumerable.Repeat(Reasons.TreasureExhausted, 20).Concat(Enumerable.Repeat(Reasons.TooManyRefusals, 280)),
            first.Select(FactOutcome));
        Assert.All(then, outcome => Assert.Equal(Reasons.TooManyRefusals, FactOutcome(outcome)));
        Assert.Equal(first.Select(FactOutcome), again.Select(FactOutcome));
    }

    [Fact]
    public async Task Numbers_that_revocations_freed_are_taken_first()
    {
        var huntId = await office.Hunt(playerLimit: 4);
        var treasureId = await office.Treasure(huntId, stock: 10, perPlayer: 10);
        var claims = Enumerable.Range(0, 9).Select(n => Claim(treasureId, "alice", $"key-{n}")).ToArray();
        await office.One.Decide(claims[..4]);
        await office.One.Handle(treasureId, new RevokeAward(Ids.Fresh(), At(2), treasureId, claims[0].ClaimId, "returned"));
        await office.One.Handle(treasureId, new RevokeAward(Ids.Fresh(), At(2), treasureId, claims[2].ClaimId, "returned"));

        var outcomes = await office.Two.Decide(claims[4..7]);

        Assert.Equal([Outcomes.Won, Outcomes.Won, Reasons.PlayerLimitReached], outcomes.Select(FactOutcome));
        Assert.Equal(
            "1,2,3,4",
            await office.Log.Value<string>(
                $"select string_agg(n::text, ',' order by n) from {office.Schema}.slots where scope = 'hunt-{huntId}'"));
    }

    [Fact]
    public async Task However_many_places_a_player_holds_they_are_read_as_a_count_and_the_highest_number_for_each_treasure()
    {
        var huntId = $"hunt-{Ids.FreshSlug()}";
        await office.Log.Execute(
            $"""
             insert into {office.Schema}.slots (scope, player_id, n, treasure_id, claim_id)
             select 'hunt-{huntId}', 'alice', n, case when n % 2 = 0 then 'goose' else 'swan' end, gen_random_uuid() from generate_series(1, 10000) n where n not between 40 and 60
             """);

        var rows = new List<string>();
        await using (var connection = new NpgsqlConnection(office.ConnectionString))
        await using (var batch = new NpgsqlBatch(
            connection)
        {
            BatchCommands = { ReservationTable.Query(
                office.Schema, [Claim("goose", "alice"), Claim("goose", "bob")], _ => huntId) }
        })
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var reader = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                rows.Add($"{reader.GetString(1)} {reader.GetString(2)} {reader.GetInt32(3)} {reader.GetInt32(4)}");
            }
        }

        // From 40 to 60 there are eleven even numbers and ten odd ones.
        Assert.Equal(["alice goose 4989 10000", "alice swan 4990 9999"], rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task New_claims_among_known_ones_go_on_with_the_positions()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 2);
        await office.One.Decide(Claim(treasureId, "alice"), Claim(treasureId, "alice", "again"));

        var outcomes = await office.Two.Decide(Claim(treasureId, "bob"), Claim(treasureId, "alice"), Claim(treasureId, "carol"));

        Assert.Equal([3L, 1L, 4L], outcomes.Select(outcome => outcome.Position));
        Assert.Equal([Outcomes.Won, Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(FactOutcome));
    }

    [Fact]
    public async Task A_claim_of_no_treasure_is_refused_and_recorded()
    {
        var outcome = Assert.Single(await office.One.Decide(Claim("no-such-treasure", "alice")));

        Assert.Equal((Reasons.TreasureNotFound, "", 1L), (FactOutcome(outcome), outcome.HuntId, outcome.Position));
        Assert.Equal(StreamNames.Refusals("no-such-treasure"), Assert.Single(await office.Log.OfId(outcome.ClaimId)).Stream);
    }

    [Fact]
    public async Task A_treasure_hidden_after_its_first_claim_can_be_won()
    {
        var huntId = await office.Hunt();
        await office.One.Decide(Claim("hidden-late", "alice"));
        await office.One.Handle(new HideTreasure(Ids.Fresh(), At(0), "hidden-late", huntId, "Late", 1, 1, null, []));

        Assert.Equal(Outcomes.Won, FactOutcome((await office.One.Decide(Claim("hidden-late", "alice", "again")))[0]));
        Assert.Equal(Reasons.TreasureNotFound, FactOutcome((await office.One.Decide(Claim("hidden-late", "alice")))[0]));
    }

    [Fact]
    public async Task Wrong_proofs_are_counted_over_batches_and_the_right_one_comes_too_late()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 5, proof: "under the bridge");
        foreach (var half in Enumerable.Range(0, 10).Select(n => Claim(treasureId, "alice", $"key-{n}", "in the tree")).Chunk(5))
        {
            Assert.All(await office.One.Decide(half), outcome => Assert.Equal(Reasons.ProofWrong, FactOutcome(outcome)));
        }

        var outcomes =
            await office.Two.Decide(
                Claim(treasureId, "alice", proof: "under the bridge"), Claim(treasureId, "bob"),
                Claim(treasureId, "carol", proof: "under the bridge"));

        Assert.Equal([Reasons.TooManyAttempts, Reasons.ProofMissing, Outcomes.Won], outcomes.Select(FactOutcome));
    }

    private static string FactOutcome(IClaimEvent decision) => Harness.FactWords.Outcome(decision);
}
