using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>Claims around a pause of the hunt.</summary>
public class ClaimPauseSpecs
{
    [Fact]
    public void A_claim_during_a_pause_is_refused_even_if_decided_after_it() => History(
        Drafted(), Scheduled(), Paused("18:30"), Resumed("18:45"), Hidden())
        .WhenDecidedAt("19:00", Claim("alice", at: "18:40")).Then("alice: hunt-paused #1");

    [Fact]
    public void A_claim_before_a_pause_wins_even_if_decided_during_it() => History(Drafted(), Scheduled(), Paused("18:30"), Hidden())
        .WhenDecidedAt("18:40", Claim("alice", at: "18:29:59.999")).Then("alice: won #1");

    [Fact]
    public void A_claim_after_a_pause_wins() => History(Drafted(), Scheduled(), Paused("18:30"), Resumed("18:45"), Hidden())
        .When(Claim("alice", at: "18:45")).Then("alice: won #1");
}
