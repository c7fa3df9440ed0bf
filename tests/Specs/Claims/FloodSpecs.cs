using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>One player cannot fill the event store: after twenty refusals at a treasure, the others are told and not recorded.</summary>
public class FloodSpecs
{
    [Fact]
    public void Twenty_refusals_of_a_player_at_a_treasure_are_recorded() => Open(Hidden(stock: 0))
        .When(Claims("alice", 600)).ThenRecorded(20)
        .When(Claims("alice", 600, from: 600)).ThenRecorded(0);

    [Fact]
    public void They_are_counted_over_batches() => Open(Hidden(stock: 0))
        .When(Claims("alice", 12)).ThenRecorded(12).When(Claims("alice", 12, from: 12)).ThenRecorded(8).When(Claims("alice", 12, from: 24))
        .ThenRecorded(0);

    [Fact]
    public void A_refusal_that_is_not_recorded_has_no_position_and_takes_none() => Open(Hidden(stock: 0))
        .When([.. Claims("alice", 21), Claim("bob")])
        .Then([.. Enumerable.Range(1, 20).Select(
            n => $"alice: treasure-exhausted #{n}"), "alice: too-many-refusals #0", "bob: treasure-exhausted #21"]);

    [Fact]
    public void Asked_again_it_is_told_the_same() => Open(Hidden(stock: 0))
        .When(Claims("alice", 20)).When(Claim("alice", key: "late")).Then("alice: too-many-refusals #0").When(Claim("alice", key: "late"))
        .Then("alice: too-many-refusals #0");

    [Fact]
    public void The_player_still_wins_when_there_is_something_to_win() => Open(Hidden(stock: 0))
        .When(Claims("alice", 30)).And(Restock(1)).When(Claim("alice", key: "late")).Then("alice: won #21").ThenRecorded(1);

    [Fact]
    public void Other_players_and_other_treasures_are_not_affected() => Open(Hidden(stock: 0), Hidden("swan", stock: 0))
        .When([.. Claims("alice", 30), Claim("bob"), Claim("alice", "swan")]).ThenRecorded(22);

    // Ids of treasures can be invented: a count for each of them would be no limit.
    [Fact]
    public void Twenty_refusals_of_a_player_at_treasures_that_do_not_exist_are_recorded_whatever_their_ids() => Open(Hidden())
        .When(Invented("alice", 15)).ThenRecorded(15)
        .When(Invented("alice", 15, from: 15)).ThenRecorded(5)
        .When(Claim("alice", "invented-99")).Then("alice: too-many-refusals #0").ThenRecorded(0)
        .When(Claim("alice")).Then("alice: won #1").ThenRecorded(1)
        .When(Claim("alice", key: "again")).Then("alice: already-claimed #2").ThenRecorded(1)
        .When(Claim("bob", "invented-99")).Then("bob: treasure-not-found #1").ThenRecorded(1);

    [Fact]
    public void A_refusal_at_a_treasure_that_does_not_exist_takes_no_slot()
    {
        var sale = Open(Hidden()).When(Claims("alice", 20, treasure: "invented")).ThenRecorded(20);

        Assert.Equal(0, sale.Ledger.Reservations().Count);
    }

    // Otherwise twenty claims without a proof would buy any number of guesses.
    [Fact]
    public void Wrong_proofs_are_always_counted() => Open(Hidden(proof: UnderTheOldOak))
        .When(Claims("alice", 30)).ThenRecorded(20)
        .When(Claims("alice", 15, proof: "in the well", from: 100)).ThenRecorded(10)
        .When(Claim("alice", proof: "under the old oak", key: "right")).Then("alice: too-many-refusals #0");

    [Fact]
    public void Refusals_are_counted_by_treasure_and_player()
    {
        var counted = new RecordedRefusals();
        counted.Add(Enumerable.Range(0, 19).Select(_ => Refused("alice")));

        Assert.Equal((19, 0), (counted.Of("goose", "alice"), counted.Of("goose", "bob")));
    }

    [Fact]
    public void Refusals_of_treasures_that_do_not_exist_are_counted_by_the_player_alone()
    {
        var counted = new RecordedRefusals();
        counted.Add(
            Enumerable.Range(0, 19).Select(n => Refused("alice") with { TreasureId = $"invented-{n}", Reason = Reasons.TreasureNotFound }));

        Assert.Equal((19, 0), (counted.Of("", "alice"), counted.Of("invented-1", "alice")));
    }

    [Fact]
    public void What_is_counted_in_memory_is_bounded_and_a_flood_is_not_forgotten()
    {
        var counted = new RecordedRefusals();
        for (var n = 0; n < 300_000; n++)
        {
            counted.Add([Refused($"player-{n}")]);
            if (n % 20_000 == 0)
            {
                counted.Add([Refused("alice")]);
            }
        }

        Assert.Equal(15, counted.Of("goose", "alice"));
        Assert.Equal(0, counted.Of("goose", "player-1"));
    }

    private static ClaimRefused Refused(string player) =>
        new("goose", "sale", Guid.Empty, player, Reasons.TreasureExhausted, 1, null, null, default, default);

    private static AcceptedClaim[] Claims(string player, int count, string? proof = null, int from = 0, string treasure = Goose) =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, treasure, proof: proof, key: $"flood-{n}"))];

    private static AcceptedClaim[] Invented(string player, int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, $"invented-{n}"))];
}
