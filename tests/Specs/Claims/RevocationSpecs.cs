using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

public class RevocationSpecs
{
    [Fact]
    public void A_revoked_unit_can_be_won_again_once() => Open(Hidden(stock: 1), Awarded("alice"))
        .And(Revoke("alice"))
        .When(Claim("bob"), Claim("carol"))
        .Then("bob: won #2", "carol: treasure-exhausted #3, 0 ms behind #2");

    [Fact]
    public void An_award_is_revoked_once() => Open(Hidden(stock: 1), Awarded("alice"))
        .And(Revoke("alice"))
        .ThenRefused(Revoke("alice"), ProblemNames.NotAllowedNow)
        .When(Claim("bob"), Claim("carol"))
        .Then("bob: won #2", "carol: treasure-exhausted #3, 0 ms behind #2");

    [Fact]
    public void A_player_can_win_again_after_a_revocation() => Open(Hidden(stock: 1), Awarded("alice"))
        .And(Revoke("alice")).When(Claim("alice", key: "new")).Then("alice: won #2");

    [Fact]
    public void A_revocation_frees_the_limit_of_the_hunt() =>
        History(Drafted(playerLimit: 1), Scheduled(), Hidden("goose"), Hidden("swan"), Awarded("alice"))
            .When(Claim("alice", "swan")).Then("alice: player-limit-reached #1")
            .And(Revoke("alice"))
            .When(Claim("alice", "swan", key: "new")).Then("alice: won #2");

    [Fact]
    public void A_revoked_claim_keeps_its_own_outcome() => Open(Hidden(stock: 1))
        .When(Claim("alice"))
        .And(Revoke("alice", key: "1"))
        .When(Claim("alice")).Then("alice: won #1").ThenRecorded(0);

    [Fact]
    public void A_new_award_after_a_revocation_can_be_revoked_too() => Open(Hidden(stock: 1), Awarded("alice"))
        .And(Revoke("alice"))
        .When(Claim("alice", key: "new"))
        .And(Revoke("alice", key: "new"))
        .When(Claim("alice", key: "newer")).Then("alice: won #3");

    [Fact]
    public void Only_the_named_award_is_revoked() => Open(Hidden(stock: 2, perPlayer: 2), Awarded("alice"))
        .When(Claim("alice"), Claim("bob"))
        .And(Revoke("alice"))
        .When(Claim("alice", key: "2"), Claim("alice", key: "3")).Then("alice: won #4", "alice: already-claimed #5");

    [Fact]
    public void A_losing_claim_cannot_be_revoked() => Open(Hidden(stock: 0)).When(Claim("alice"))
        .ThenRefused(Revoke("alice", key: "1"), ProblemNames.NotAllowedNow);

    [Fact]
    public void A_wrong_proof_cannot_be_revoked() => Open(Hidden(proof: UnderTheOldOak)).When(Claim("alice", proof: "wrong"))
        .ThenRefused(Revoke("alice", key: "1"), ProblemNames.NotAllowedNow);

    [Fact]
    public void An_award_of_another_treasure_cannot_be_revoked() => Open(
        Hidden("goose"), Hidden("swan"), Awarded("alice", treasure: "swan"))
        .ThenRefused(Revoke("alice", "swan") with { TreasureId = "goose" }, ProblemNames.NotAllowedNow);

    [Fact]
    public void A_revoked_unit_of_a_withdrawn_treasure_cannot_be_won_again() => Open(Hidden(stock: 1), Awarded("alice"))
        .And(Withdraw()).And(Revoke("alice")).When(Claim("bob")).Then("bob: treasure-withdrawn #2");
}
