using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The reasons of refusals.</summary>
public class RefusalReasonSpecs
{
    [Fact]
    public void A_claim_on_a_missing_treasure_is_refused()
    {
        var scenario = Open().When(Claim("alice", "unicorn")).Then("alice: treasure-not-found #1");

        var refused = Assert.IsType<ClaimRefused>(scenario.Ledger.Entries[^1].Event);
        Assert.Equal(("unicorn", ""), (refused.TreasureId, refused.HuntId));
    }

    [Fact]
    public void A_claim_on_a_missing_treasure_stays_refused_after_the_treasure_is_hidden() => Open(Hidden("swan"))
        .When(Claim("alice"))
        .And(Hide("12:00"))
        .When(Claim("alice"), Claim("alice", key: "2"))
        .Then("alice: treasure-not-found #1", "alice: won #2");

    [Fact]
    public void A_withdrawn_treasure_cannot_be_won() =>
        Open(Hidden(stock: 5), Withdrawn()).When(Claim("alice")).Then("alice: treasure-withdrawn #1");

    [Fact]
    public void A_treasure_without_units_is_exhausted_from_the_start() =>
        Open(Hidden(stock: 0)).When(Claim("alice")).Then("alice: treasure-exhausted #1");

    [Fact]
    public void A_player_wins_a_treasure_once() => Open(Hidden(stock: 5))
        .When(Claim("alice"), Claim("alice", key: "2")).Then("alice: won #1", "alice: already-claimed #2");
}
