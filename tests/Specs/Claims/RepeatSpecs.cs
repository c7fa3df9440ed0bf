using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>The same claim has the same outcome for ever, and is recorded once.</summary>
public class RepeatSpecs
{
    [Fact]
    public void A_winner_told_twice_in_one_batch_won_once() => Open(Hidden(stock: 2))
        .When(Claim("alice"), Claim("alice")).Then("alice: won #1", "alice: won #1").ThenRecorded(1);

    [Fact]
    public void A_winner_asking_again_later_is_told_the_same() => Open(Hidden(stock: 2))
        .When(Claim("alice")).When(Claim("alice")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void A_loser_told_twice_in_one_batch_lost_once() => Open(Hidden(stock: 0))
        .When(Claim("alice"), Claim("alice")).Then("alice: treasure-exhausted #1", "alice: treasure-exhausted #1").ThenRecorded(1);

    [Fact]
    public void A_loser_asking_again_after_a_restock_still_lost() => Open(Hidden(stock: 0))
        .When(Claim("alice")).And(Restock(5)).When(Claim("alice")).Then("alice: treasure-exhausted #1").ThenRecorded(0);

    [Fact]
    public void A_loser_may_try_again_with_a_new_key() => Open(Hidden(stock: 0))
        .When(Claim("alice")).And(Restock(5)).When(Claim("alice", key: "2")).Then("alice: won #2").ThenRecorded(1);

    [Fact]
    public void A_winner_asking_again_after_the_hunt_won() => Open(Hidden(stock: 1))
        .When(Claim("alice")).And(Change(HuntChange.Close, "18:40")).When(Claim("alice")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void The_first_delivery_is_the_one_that_counts() => Open(Hidden(stock: 1))
        .When(Claim("alice", at: "18:30")).When(Claim("alice", at: "21:00")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void A_wrong_proof_cannot_be_corrected_under_the_same_key() => Open(Hidden(proof: UnderTheOldOak))
        .When(Claim("alice", proof: "wrong"), Claim("alice", proof: "under the old oak"))
        .Then("alice: proof-wrong #1", "alice: proof-wrong #1").ThenRecorded(1);

    [Fact]
    public void Repeats_take_no_place_in_line() => Open(Hidden(stock: 2))
        .When(Claim("alice"), Claim("alice"), Claim("bob")).Then("alice: won #1", "alice: won #1", "bob: won #2").ThenRecorded(2);

    [Fact]
    public void Old_and_new_claims_come_in_one_batch() => Open(Hidden(stock: 1))
        .When(Claim("alice"))
        .When(Claim("bob"), Claim("alice"), Claim("bob"))
        .Then("bob: treasure-exhausted #2, 0 ms behind #1", "alice: won #1", "bob: treasure-exhausted #2, 0 ms behind #1")
        .ThenRecorded(1);
}
