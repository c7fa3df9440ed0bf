using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The reason that a claim gets when several apply.</summary>
public class RefusalPrecedenceSpecs
{
    [Fact]
    public void The_state_of_the_hunt_comes_before_the_state_of_the_treasure() => History(
        Drafted(), Scheduled(), Closed("18:10"), Hidden(stock: 0), Withdrawn())
        .When(Claim("alice")).Then("alice: hunt-closed #1");

    [Fact]
    public void A_withdrawal_comes_before_an_earlier_award() => Open(Hidden(), Awarded("alice"), Withdrawn())
        .When(Claim("alice")).Then("alice: treasure-withdrawn #2");

    [Fact]
    public void An_earlier_award_comes_before_the_limit_of_the_hunt() => History(
        Drafted(playerLimit: 1), Scheduled(), Hidden(stock: 5), Awarded("alice"))
        .When(Claim("alice")).Then("alice: already-claimed #2");

    [Fact]
    public void An_earlier_award_comes_before_exhaustion() => Open(Hidden(stock: 1), Awarded("alice"))
        .When(Claim("alice")).Then("alice: already-claimed #2");

    [Fact]
    public void The_limit_of_the_hunt_comes_before_exhaustion() =>
        History(Drafted(playerLimit: 1), Scheduled(), Hidden("swan"), Awarded("alice", treasure: "swan"), Hidden(stock: 0))
            .When(Claim("alice")).Then("alice: player-limit-reached #1");

    [Fact]
    public void Exhaustion_comes_before_the_proof() => Open(Hidden(stock: 0, proof: UnderTheOldOak))
        .When(Claim("alice")).Then("alice: treasure-exhausted #1");
}
