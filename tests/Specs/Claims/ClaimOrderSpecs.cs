using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The order in which the claims of one batch are decided.</summary>
public class ClaimOrderSpecs
{
    [Fact]
    public void The_claim_that_was_received_first_is_decided_first() => Open(Hidden(stock: 1))
        .When(Claim("late", at: "18:30:00.001"), Claim("early", at: "18:30:00"))
        .Then("late: treasure-exhausted #2, 1 ms behind #1", "early: won #1");

    [Fact]
    public void Claims_received_at_the_same_time_are_decided_in_the_order_of_the_broker() => Open(Hidden(stock: 2))
        .When(Claim("a"), Claim("b"), Claim("c"), Claim("earlier", at: "18:29"))
        .Then("a: won #2", "b: treasure-exhausted #3, 0 ms behind #2", "c: treasure-exhausted #4, 0 ms behind #2", "earlier: won #1");

    [Fact]
    public void Times_are_compared_to_a_tenth_of_a_microsecond() => Open(Hidden(stock: 1))
        .When(Claim("late", at: "18:30:00.0000001"), Claim("early", at: "18:30:00.0000000"))
        .Then("late: treasure-exhausted #2, 0 ms behind #1", "early: won #1");

    [Fact]
    public void The_order_holds_across_the_treasures_of_a_batch() =>
        Open(Hidden("goose"), Hidden("swan"))
            .When(Claim("a", "goose", at: "18:31"), Claim("b", "swan", at: "18:30"), Claim("c", "goose", at: "18:30"))
            .Then("a: treasure-exhausted #2, 60000 ms behind #1", "b: won #1", "c: won #1");

    [Fact]
    public void A_claim_that_was_sent_twice_counts_from_its_first_receipt() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:31"), Claim("b", at: "18:30:30"), Claim("a", at: "18:30"))
        .Then("a: won #1", "b: treasure-exhausted #2, 30000 ms behind #1", "a: won #1");

    [Fact]
    public void An_earlier_claim_in_a_later_batch_has_a_later_position() => Open(Hidden(stock: 1))
        .When(Claim("late", at: "18:31"))
        .When(Claim("early", at: "18:30")).Then("early: treasure-exhausted #2, 0 ms behind #1");

    // An Api whose clock is wrong changes places only with the claims that are decided together with its own.
    [Fact]
    public void A_wrong_clock_takes_no_unit_from_a_claim_that_was_decided_before() => Open(Hidden(stock: 1))
        .When(Claim("right"))
        .When(Claim("other"), Claim("wrong", at: "18:00:01"))
        .Then("other: treasure-exhausted #3, 0 ms behind #1", "wrong: treasure-exhausted #2, 0 ms behind #1");
}
