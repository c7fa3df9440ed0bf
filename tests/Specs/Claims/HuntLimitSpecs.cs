using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The limit of a player over the treasures of a hunt.</summary>
public class HuntLimitSpecs
{
    [Fact]
    public void A_hunt_without_a_limit_allows_any_number_of_awards() => Open(Hidden("goose"), Hidden("swan"), Hidden("duck"))
        .When(Claim("alice", "goose"), Claim("alice", "swan"), Claim("alice", "duck"))
        .Then("alice: won #1", "alice: won #1", "alice: won #1");

    [Fact]
    public void A_hunt_limits_a_player_over_its_treasures() => Limited(2, Hidden("goose"), Hidden("swan"), Hidden("duck"))
        .When(Claim("alice", "goose"), Claim("alice", "swan"), Claim("alice", "duck"))
        .Then("alice: won #1", "alice: won #1", "alice: player-limit-reached #1");

    [Fact]
    public void The_order_of_the_claims_counts_from_treasure_to_treasure() => Limited(
        2, Hidden("goose", stock: 9, perPlayer: 2), Hidden("swan"))
        .When(Claim("alice", "goose"), Claim("alice", "swan"), Claim("alice", "goose", key: "2"))
        .Then("alice: won #1", "alice: won #1", "alice: player-limit-reached #2");

    [Fact]
    public void A_hunt_limits_a_player_within_one_treasure() => Limited(2, Hidden(stock: 9, perPlayer: 5))
        .When(Claim("alice"), Claim("alice", key: "2"), Claim("alice", key: "3"))
        .Then("alice: won #1", "alice: won #2", "alice: player-limit-reached #3");

    [Fact]
    public void Each_player_has_its_own_limit() => Limited(1, Hidden("goose"), Hidden("swan"))
        .When(Claim("alice", "goose"), Claim("bob", "swan")).Then("alice: won #1", "bob: won #1");

    [Fact]
    public void Each_hunt_has_its_own_limit()
    {
        object[] otherHunt =
        [
            Drafted(playerLimit: 1) with { HuntId = "raffle" },
            Scheduled() with { HuntId = "raffle" },
            Hidden("swan") with { HuntId = "raffle" },
            Awarded("alice", treasure: "swan") with { HuntId = "raffle" },
        ];

        History([Drafted(playerLimit: 1), Scheduled(), Hidden("goose"), .. otherHunt])
            .When(Claim("alice", "goose")).Then("alice: won #1");
    }

    [Fact]
    public void A_refused_claim_does_not_count_towards_a_limit() => Limited(1, Hidden("goose", stock: 0), Hidden("swan"))
        .When(Claim("alice", "goose"), Claim("alice", "swan")).Then("alice: treasure-exhausted #1", "alice: won #1");

    [Fact]
    public void A_limit_of_zero_refuses_every_claim() => Limited(0, Hidden()).When(Claim("alice")).Then("alice: player-limit-reached #1");

    private static ClaimScenario Limited(int playerLimit, params ITreasureEvent[] treasures) =>
        History([Drafted(playerLimit: playerLimit), Scheduled(), .. treasures]);
}
