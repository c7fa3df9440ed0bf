using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The limit of wrong proofs of a player at a treasure.</summary>
public class ProofAttemptSpecs
{
    private const string Right = "under the old oak";

    [Fact]
    public void The_right_proof_after_nine_wrong_ones_wins() => Open(Guarded())
        .When([.. Wrong("alice", 9), Claim("alice", proof: Right, key: "right")])
        .Then([.. WrongProofOutcomes("alice", 9), "alice: won #10"]);

    [Fact]
    public void After_ten_wrong_proofs_even_the_right_one_is_refused() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("alice", proof: Right, key: "right"), Claim("alice", proof: "again", key: "again")])
        .Then([.. WrongProofOutcomes("alice", 10), "alice: too-many-attempts #11", "alice: too-many-attempts #12"]);

    [Fact]
    public void Wrong_proofs_of_earlier_batches_count() => Open(Guarded())
        .When(Wrong("alice", 6)).When(Wrong("alice", 4, from: 7)).When(Claim("alice", proof: Right, key: "right")).Then(
            "alice: too-many-attempts #11");

    [Fact]
    public void Repeating_a_wrong_claim_is_not_another_attempt() => Open(Guarded())
        .When(Wrong("alice", 9)).When(Wrong("alice", 9)).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #10");

    [Fact]
    public void A_missing_proof_is_not_an_attempt() => Open(Guarded())
        .When([.. Wrong("alice", 9), Claim("alice"), Claim("alice", proof: Right, key: "right")])
        .Then([.. WrongProofOutcomes("alice", 9), "alice: proof-missing #10", "alice: won #11"]);

    [Fact]
    public void A_missing_proof_is_refused_as_missing_even_after_ten_wrong_ones() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("alice")]).Then([.. WrongProofOutcomes("alice", 10), "alice: proof-missing #11"]);

    [Fact]
    public void Attempts_are_counted_by_player() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("bob", proof: Right)]).Then([.. WrongProofOutcomes("alice", 10), "bob: won #11"]);

    [Fact]
    public void Attempts_are_counted_by_treasure() => Open(Guarded(), Hidden("swan", proof: UnderTheOldOak))
        .When(Wrong("alice", 10)).When(Claim("alice", "swan", proof: Right)).Then("alice: won #1");

    [Fact]
    public void Ten_wrong_proofs_are_the_limit() => Assert.Equal(10, ClaimLimits.MaxWrongProofs);

    private static Contracts.Events.TreasureHidden Guarded(int stock = 1) => Hidden(stock: stock, proof: UnderTheOldOak);

    private static AcceptedClaim[] Wrong(string player, int count, int from = 1, string at = "18:30") =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, at: at, proof: "under the new oak", key: $"wrong {n}"))];

    private static string[] WrongProofOutcomes(string player, int count) =>
        [.. Enumerable.Range(1, count).Select(n => $"{player}: proof-wrong #{n}")];
}
