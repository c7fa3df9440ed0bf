using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The limit of a player at a treasure.</summary>
public class PlayerLimitSpecs
{
    [Fact]
    public void A_treasure_may_allow_several_units_to_a_player() => Open(Hidden(stock: 9, perPlayer: 2))
        .When(Claim("alice"), Claim("alice", key: "2"), Claim("alice", key: "3"))
        .Then("alice: won #1", "alice: won #2", "alice: already-claimed #3");

    [Fact]
    public void The_awards_of_a_player_do_not_count_for_another() => Open(Hidden(stock: 9), Awarded("alice"))
        .When(Claim("bob")).Then("bob: won #2");

    [Fact]
    public void Awards_of_earlier_batches_count() => Open(Hidden(stock: 9, perPlayer: 2))
        .When(Claim("alice")).When(Claim("alice", key: "2")).When(Claim("alice", key: "3")).Then("alice: already-claimed #3");
}
