using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Places in line, and what losers are told about the one who was faster.</summary>
public class PlaceSpecs
{
    [Fact]
    public void Every_claim_has_a_place_won_or_lost_and_batches_go_on_counting() => Open(Hidden(stock: 1))
        .When(Claim("a"), Claim("b")).Then("a: won #1", "b: treasure-exhausted #2, 0 ms behind #1")
        .When(Claim("c"), Claim("d")).Then("c: treasure-exhausted #3, 0 ms behind #1", "d: treasure-exhausted #4, 0 ms behind #1");

    [Fact]
    public void A_loser_is_told_how_late_it_was() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:00.000"), Claim("b", at: "18:00:00.041"), Claim("c", at: "18:00:01.5"))
        .Then("a: won #1", "b: treasure-exhausted #2, 41 ms behind #1", "c: treasure-exhausted #3, 1500 ms behind #1");

    [Fact]
    public void Parts_of_a_millisecond_do_not_count() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:00.0000"), Claim("b", at: "18:00:00.0019"))
        .Then("a: won #1", "b: treasure-exhausted #2, 1 ms behind #1");

    [Fact]
    public void Nobody_is_late_by_less_than_nothing() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:01"), Claim("b", at: "18:00:00")).Then("a: won #1", "b: treasure-exhausted #2, 0 ms behind #1");

    [Fact]
    public void The_last_unit_is_what_losers_came_too_late_for() => Open(Hidden(stock: 2))
        .When(Claim("a", at: "18:00:01"), Claim("b", at: "18:00:02"), Claim("c", at: "18:00:05"))
        .Then("a: won #1", "b: won #2", "c: treasure-exhausted #3, 3000 ms behind #2");

    [Fact]
    public void After_a_restock_it_is_the_newly_won_unit() => Open(Hidden(stock: 1))
        .When(Claim("a", at: "18:00:01"), Claim("b", at: "18:00:02"))
        .And(Restock(1))
        .When(Claim("c", at: "18:00:03"), Claim("d", at: "18:00:04"))
        .Then("c: won #3", "d: treasure-exhausted #4, 1000 ms behind #3");

    [Fact]
    public void Only_exhaustion_names_a_winner() => Open(Hidden(stock: 2))
        .When(Claim("a"), Claim("a", key: "2"), Claim("b", at: "21:00")).Then("a: won #1", "a: already-claimed #2", "b: hunt-closed #3");

    [Fact]
    public void A_revoked_award_keeps_its_place_in_the_count() => Open(Hidden(stock: 1))
        .When(Claim("a")).And(Revoke("a", key: "1")).When(Claim("b")).Then("b: won #2");

    [Fact]
    public void Each_treasure_counts_for_itself() => Open(Hidden("goose"), Hidden("swan"))
        .When(Claim("a", "goose"), Claim("b", "goose"), Claim("c", "swan"))
        .Then("a: won #1", "b: treasure-exhausted #2, 0 ms behind #1", "c: won #1");

    [Fact]
    public void A_treasure_that_does_not_exist_counts_too() => Open()
        .When(Claim("a"), Claim("b")).Then("a: treasure-not-found #1", "b: treasure-not-found #2");
}
