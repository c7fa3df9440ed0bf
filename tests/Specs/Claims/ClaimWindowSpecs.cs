using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The acceptance time of a claim counts, not the time of its decision.</summary>
public class ClaimWindowSpecs
{
    [Fact]
    public void A_claim_on_a_draft_is_too_early() => History(Drafted(), Hidden())
        .When(Claim("alice", at: "18:30")).Then("alice: hunt-not-open #1");

    [Fact]
    public void A_claim_before_the_window_is_too_early_even_if_decided_within() => History(Drafted(), Scheduled(), Hidden())
        .WhenDecidedAt("19:00", Claim("alice", at: "17:59:59.999")).Then("alice: hunt-not-open #1");

    [Fact]
    public void A_claim_accepted_within_the_window_wins_even_if_decided_after_it() => History(Drafted(), Scheduled(), Hidden())
        .WhenDecidedAt("23:59", Claim("alice", at: "19:59:59.999")).Then("alice: won #1");

    [Fact]
    public void A_claim_after_the_window_is_too_late() => History(Drafted(), Scheduled(), Hidden())
        .When(Claim("alice", at: "20:00")).Then("alice: hunt-closed #1");

    [Fact]
    public void A_hunt_opened_early_accepts_claims_from_the_opening() => History(Drafted(), Scheduled(), Opened("17:00"), Hidden(stock: 2))
        .When(Claim("alice", at: "16:59:59.999"), Claim("bob", at: "17:00")).Then("alice: hunt-not-open #1", "bob: won #2");

    [Fact]
    public void A_hunt_closed_early_accepts_claims_until_the_close() => History(Drafted(), Scheduled(), Closed("19:00"), Hidden(stock: 2))
        .WhenDecidedAt("19:30", Claim("alice", at: "18:59:59.999"), Claim("bob", at: "19:00")).Then("alice: won #1", "bob: hunt-closed #2");

    [Fact]
    public void A_cancelled_hunt_accepts_claims_until_the_cancellation() => History(
        Drafted(), Scheduled(), Cancelled("19:00"), Hidden(stock: 2))
        .WhenDecidedAt("19:30", Claim("alice", at: "18:59:59.999"), Claim("bob", at: "19:00")).Then("alice: won #1", "bob: hunt-closed #2");

    [Fact]
    public void One_batch_may_contain_claims_of_every_phase() => History(
        Drafted(), Scheduled(), Paused("18:30"), Resumed("18:45"), Hidden(stock: 9))
        .When(Claim("a", at: "17:00"), Claim("b", at: "18:00"), Claim("c", at: "18:30"), Claim("d", at: "18:45"), Claim("e", at: "20:00"))
        .Then("a: hunt-not-open #1", "b: won #2", "c: hunt-paused #3", "d: won #4", "e: hunt-closed #5");

    [Fact]
    public void A_change_of_the_hunt_applies_to_later_claims() => History(Drafted(), Hidden(stock: 9))
        .And(Change(HuntChange.Open, "18:10"))
        .And(Change(HuntChange.Pause, "18:20"))
        .When(Claim("a", at: "18:15"), Claim("b", at: "18:25"))
        .Then("a: won #1", "b: hunt-paused #2");

    [Fact]
    public void A_claim_on_a_treasure_without_a_hunt_is_refused() => History(Hidden()).When(Claim("alice")).Then("alice: hunt-not-open #1");
}
