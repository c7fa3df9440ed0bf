using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Every reason, and which of two reasons a player is told.</summary>
public class RefusalSpecs
{
    [Fact]
    public void There_must_be_such_a_treasure()
    {
        var sale = Open().When(Claim("alice", "unicorn")).Then("alice: treasure-not-found #1");

        var refused = Assert.IsType<ClaimRefused>(sale.Ledger.Log[^1].Event);
        Assert.Equal(("unicorn", ""), (refused.TreasureId, refused.HuntId));
    }

    [Fact]
    public void A_claim_on_nothing_stays_refused_when_the_treasure_comes() => Open(Hidden("swan"))
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

    [Fact]
    public void The_hunt_is_named_before_the_treasure() => History(Drafted(), Scheduled(), Closed("18:10"), Hidden(stock: 0), Withdrawn())
        .When(Claim("alice")).Then("alice: hunt-closed #1");

    [Fact]
    public void A_withdrawal_is_named_before_what_the_player_has() => Open(Hidden(), Awarded("alice"), Withdrawn())
        .When(Claim("alice")).Then("alice: treasure-withdrawn #2");

    [Fact]
    public void What_the_player_has_is_named_before_what_the_hunt_allows() => History(
        Drafted(playerLimit: 1), Scheduled(), Hidden(stock: 5), Awarded("alice"))
        .When(Claim("alice")).Then("alice: already-claimed #2");

    [Fact]
    public void What_the_player_has_is_named_before_exhaustion() => Open(Hidden(stock: 1), Awarded("alice"))
        .When(Claim("alice")).Then("alice: already-claimed #2");

    [Fact]
    public void What_the_hunt_allows_is_named_before_exhaustion() =>
        History(Drafted(playerLimit: 1), Scheduled(), Hidden("swan"), Awarded("alice", treasure: "swan"), Hidden(stock: 0))
            .When(Claim("alice")).Then("alice: player-limit-reached #1");

    [Fact]
    public void Exhaustion_is_named_before_the_proof() => Open(Hidden(stock: 0, proof: UnderTheOldOak))
        .When(Claim("alice")).Then("alice: treasure-exhausted #1");
}
