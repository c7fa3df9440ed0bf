using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The positions of claims at a treasure, and the delay of losing claims behind the winner.</summary>
public class ClaimPositionSpecs
{
    [Fact]
    public void Every_claim_has_a_position_and_positions_continue_across_batches() => Open(Hidden(stock: 1))
        .When(Claim("a"), Claim("b")).Then("a: won #1", "b: treasure-exhausted #2, 0 ms behind #1")
        .When(Claim("c"), Claim("d")).Then("c: treasure-exhausted #3, 0 ms behind #1", "d: treasure-exhausted #4, 0 ms behind #1");

    [Fact]
    public void A_losing_claim_gets_its_delay_behind_the_winner() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:00.000"), Claim("b", at: "18:00:00.041"), Claim("c", at: "18:00:01.5"))
        .Then("a: won #1", "b: treasure-exhausted #2, 41 ms behind #1", "c: treasure-exhausted #3, 1500 ms behind #1");

    [Fact]
    public void The_delay_is_rounded_down_to_milliseconds() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:00.0000"), Claim("b", at: "18:00:00.0019"))
        .Then("a: won #1", "b: treasure-exhausted #2, 1 ms behind #1");

    [Fact]
    public void The_delay_is_never_negative() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:01")).When(Claim("b", at: "18:00:00")).Then("b: treasure-exhausted #2, 0 ms behind #1");

    [Fact]
    public void The_delay_is_measured_from_the_last_award() => Open(Hidden(stock: 2))
        .When(Claim("a", at: "18:00:01"), Claim("b", at: "18:00:02"), Claim("c", at: "18:00:05"))
        .Then("a: won #1", "b: won #2", "c: treasure-exhausted #3, 3000 ms behind #2");

    [Fact]
    public void After_a_restock_the_delay_is_measured_from_the_new_award() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:01"), Claim("b", at: "18:00:02"))
        .And(Restock(1))
        .When(Claim("c", at: "18:00:03"), Claim("d", at: "18:00:04"))
        .Then("c: won #3", "d: treasure-exhausted #4, 1000 ms behind #3");

    [Fact]
    public void Only_an_exhausted_treasure_names_the_winning_position() => Open(Hidden(stock: 2))
        .When(Claim("a"), Claim("a", key: "2"), Claim("b", at: "21:00")).Then("a: won #1", "a: already-claimed #2", "b: hunt-closed #3");

    [Fact]
    public void A_revoked_award_keeps_its_position() => Open(Hidden(stock: 1))
        .When(Claim("a")).And(Revoke("a", key: "1")).When(Claim("b")).Then("b: won #2");

    [Fact]
    public void Each_treasure_counts_its_own_positions() => Open(Hidden("goose"), Hidden("swan"))
        .When(Claim("a", "goose"), Claim("b", "goose"), Claim("c", "swan"))
        .Then("a: won #1", "b: treasure-exhausted #2, 0 ms behind #1", "c: won #1");

    [Fact]
    public void A_missing_treasure_counts_positions_too() => Open()
        .When(Claim("a"), Claim("b")).Then("a: treasure-not-found #1", "b: treasure-not-found #2");
}
