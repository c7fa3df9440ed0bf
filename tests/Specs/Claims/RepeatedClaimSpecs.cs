using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>A claim keeps its outcome and is recorded once.</summary>
public class RepeatedClaimSpecs
{
    [Fact]
    public void A_winning_claim_twice_in_one_batch_is_recorded_once() => Open(Hidden(stock: 2))
        .When(Claim("alice"), Claim("alice")).Then("alice: won #1", "alice: won #1").ThenRecorded(1);

    [Fact]
    public void A_repeated_winning_claim_gets_the_same_outcome() => Open(Hidden(stock: 2))
        .When(Claim("alice")).When(Claim("alice")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void A_losing_claim_twice_in_one_batch_is_recorded_once() => Open(Hidden(stock: 0))
        .When(Claim("alice"), Claim("alice")).Then("alice: treasure-exhausted #1", "alice: treasure-exhausted #1").ThenRecorded(1);

    [Fact]
    public void A_repeated_losing_claim_stays_lost_after_a_restock() => Open(Hidden(stock: 0))
        .When(Claim("alice")).And(Restock(5)).When(Claim("alice")).Then("alice: treasure-exhausted #1").ThenRecorded(0);

    [Fact]
    public void A_loser_can_win_with_a_new_key() => Open(Hidden(stock: 0))
        .When(Claim("alice")).And(Restock(5)).When(Claim("alice", key: "2")).Then("alice: won #2").ThenRecorded(1);

    [Fact]
    public void A_repeated_winning_claim_stays_won_after_the_hunt_has_closed() => Open(Hidden(stock: 1))
        .When(Claim("alice")).And(Change(HuntChange.Close, "18:40")).When(Claim("alice")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void The_first_delivery_determines_the_outcome() => Open(Hidden(stock: 1))
        .When(Claim("alice", at: "18:30")).When(Claim("alice", at: "21:00")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void A_wrong_proof_cannot_be_corrected_under_the_same_key() => Open(Hidden(proof: UnderTheOldOak))
        .When(Claim("alice", proof: "wrong"), Claim("alice", proof: "under the old oak"))
        .Then("alice: proof-wrong #1", "alice: proof-wrong #1").ThenRecorded(1);

    [Fact]
    public void Repeated_claims_use_no_position() => Open(Hidden(stock: 2))
        .When(Claim("alice"), Claim("alice"), Claim("bob")).Then("alice: won #1", "alice: won #1", "bob: won #2").ThenRecorded(2);

    [Fact]
    public void Decided_and_new_claims_can_come_in_one_batch() => Open(Hidden(stock: 1))
        .When(Claim("alice"))
        .When(Claim("bob"), Claim("alice"), Claim("bob"))
        .Then("bob: treasure-exhausted #2, 0 ms behind #1", "alice: won #1", "bob: treasure-exhausted #2, 0 ms behind #1")
        .ThenRecorded(1);
}
