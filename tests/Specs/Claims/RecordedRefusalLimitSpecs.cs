using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>One player cannot fill the event store: refusals after the twentieth at a treasure are returned but not recorded.</summary>
public class RecordedRefusalLimitSpecs
{
    [Fact]
    public void Twenty_refusals_of_a_player_at_a_treasure_are_recorded() => Open(Hidden(stock: 0))
        .When(Claims("alice", 600)).ThenRecorded(20)
        .When(Claims("alice", 600, from: 600)).ThenRecorded(0);

    [Fact]
    public void Refusals_are_counted_across_batches() => Open(Hidden(stock: 0))
        .When(Claims("alice", 12)).ThenRecorded(12).When(Claims("alice", 12, from: 12)).ThenRecorded(8).When(Claims("alice", 12, from: 24))
        .ThenRecorded(0);

    [Fact]
    public void An_unrecorded_refusal_has_no_position_and_uses_none() => Open(Hidden(stock: 0))
        .When([.. Claims("alice", 21), Claim("bob")])
        .Then([.. Enumerable.Range(1, 20).Select(
            n => $"alice: treasure-exhausted #{n}"), "alice: too-many-refusals #0", "bob: treasure-exhausted #21"]);

    [Fact]
    public void A_repeated_claim_gets_the_same_unrecorded_refusal() => Open(Hidden(stock: 0))
        .When(Claims("alice", 20)).When(Claim("alice", key: "late")).Then("alice: too-many-refusals #0").When(Claim("alice", key: "late"))
        .Then("alice: too-many-refusals #0");

    [Fact]
    public void The_player_still_wins_after_a_restock() => Open(Hidden(stock: 0))
        .When(Claims("alice", 30)).And(Restock(1)).When(Claim("alice", key: "late")).Then("alice: won #21").ThenRecorded(1);

    [Fact]
    public void Other_players_and_other_treasures_are_not_affected() => Open(Hidden(stock: 0), Hidden("swan", stock: 0))
        .When([.. Claims("alice", 30), Claim("bob"), Claim("alice", "swan")]).ThenRecorded(22);

    // Otherwise twenty claims without a proof would allow an unlimited number of guesses.
    [Fact]
    public void Wrong_proofs_are_always_counted() => Open(Hidden(proof: UnderTheOldOak))
        .When(Claims("alice", 30)).ThenRecorded(20)
        .When(Claims("alice", 15, proof: "in the well", from: 100)).ThenRecorded(10)
        .When(Claim("alice", proof: "under the old oak", key: "right")).Then("alice: too-many-refusals #0");

    private static AcceptedClaim[] Claims(string player, int count, string? proof = null, int from = 0, string treasure = Goose) =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, treasure, proof: proof, key: $"flood-{n}"))];
}
