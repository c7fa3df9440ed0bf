using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

public class ProofSpecs
{
    private const string Right = "under the old oak";

    [Fact]
    public void The_right_proof_wins() => Open(Guarded()).When(Claim("alice", proof: Right)).Then("alice: won #1");

    [Fact]
    public void A_wrong_proof_is_refused() =>
        Open(Guarded()).When(Claim("alice", proof: "under the new oak")).Then("alice: proof-wrong #1");

    [Fact]
    public void A_proof_is_compared_case_sensitively() =>
        Open(Guarded()).When(Claim("alice", proof: "Under the old oak")).Then("alice: proof-wrong #1");

    [Fact]
    public void A_treasure_with_a_proof_requires_one() => Open(Guarded())
        .When(Claim("alice"), Claim("bob", proof: "")).Then("alice: proof-missing #1", "bob: proof-missing #2");

    [Fact]
    public void A_treasure_without_a_proof_ignores_a_given_one() =>
        Open(Hidden()).When(Claim("alice", proof: "whatever")).Then("alice: won #1");

    private static Contracts.Events.TreasureHidden Guarded(int stock = 1) => Hidden(stock: stock, proof: UnderTheOldOak);
}
