using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

public class AwardSpecs
{
    [Fact]
    public void The_first_claim_wins_the_unit() => Open(Hidden(stock: 1)).When(Claim("alice")).Then("alice: won #1");

    [Fact]
    public void Units_are_awarded_in_the_order_of_the_claims() => Open(Hidden(stock: 2))
        .When(Claim("carol"), Claim("alice"), Claim("bob"))
        .Then("carol: won #1", "alice: won #2", "bob: treasure-exhausted #3, 0 ms behind #2");

    [Fact]
    public void An_award_event_contains_player_times_and_position()
    {
        var scenario = Open(Hidden(stock: 1)).WhenDecidedAt("18:45", Claim("alice", at: "18:30"));

        Assert.Equal(
            new Ledger.LedgerEntry(
                "treasure-goose", 2, ClaimOf("alice"),
                new TreasureAwarded("goose", "sale", ClaimOf("alice"), "alice", 1, At("18:30"), At("18:45"))),
            scenario.Ledger.Entries[^1]);
    }

    [Fact]
    public void A_refusal_is_recorded_in_a_stream_of_its_own()
    {
        var scenario = Open(Hidden(stock: 0)).WhenDecidedAt("18:45", Claim("alice", at: "18:30"));

        Assert.Equal(
            new Ledger.LedgerEntry(
                "refusals-goose",
                1,
                ClaimOf("alice"),
                new ClaimRefused(
                    "goose", "sale", ClaimOf("alice"), "alice", "treasure-exhausted", 1, null, null, At("18:30"), At("18:45"))),
            scenario.Ledger.Entries[^1]);
    }

    [Fact]
    public void A_restock_after_exhaustion_lets_the_next_claim_win() => Open(Hidden(stock: 1))
        .When(Claim("alice"), Claim("bob"))
        .And(Restock(1))
        .When(Claim("bob", key: "2"), Claim("carol"))
        .Then("bob: won #3", "carol: treasure-exhausted #4, 0 ms behind #3");

    [Fact]
    public void Treasures_of_a_hunt_are_awarded_independently() => Open(Hidden("goose"), Hidden("swan"))
        .When(Claim("alice", "goose"), Claim("alice", "swan"), Claim("bob", "swan"))
        .Then("alice: won #1", "alice: won #1", "bob: treasure-exhausted #2, 0 ms behind #1");
}
