using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

public class ProofSpecs
{
    private const string Right = "under the old oak";

    [Fact]
    public void The_right_proof_wins() => Open(Guarded()).When(Claim("alice", proof: Right)).Then("alice: won #1");

    [Fact]
    public void A_wrong_proof_does_not() => Open(Guarded()).When(Claim("alice", proof: "under the new oak")).Then("alice: proof-wrong #1");

    [Fact]
    public void A_proof_is_taken_to_the_letter() =>
        Open(Guarded()).When(Claim("alice", proof: "Under the old oak")).Then("alice: proof-wrong #1");

    [Fact]
    public void A_treasure_with_a_proof_asks_for_it() => Open(Guarded())
        .When(Claim("alice"), Claim("bob", proof: "")).Then("alice: proof-missing #1", "bob: proof-missing #2");

    [Fact]
    public void A_treasure_without_a_proof_ignores_what_is_given() =>
        Open(Hidden()).When(Claim("alice", proof: "whatever")).Then("alice: won #1");

    [Fact]
    public void The_right_proof_after_nine_wrong_ones_wins() => Open(Guarded())
        .When([.. Wrong("alice", 9), Claim("alice", proof: Right, key: "right")])
        .Then([.. Told("alice", 9), "alice: won #10"]);

    [Fact]
    public void After_ten_wrong_proofs_even_the_right_one_is_refused() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("alice", proof: Right, key: "right"), Claim("alice", proof: "again", key: "again")])
        .Then([.. Told("alice", 10), "alice: too-many-attempts #11", "alice: too-many-attempts #12"]);

    [Fact]
    public void Wrong_proofs_of_earlier_batches_count() => Open(Guarded())
        .When(Wrong("alice", 6)).When(Wrong("alice", 4, from: 7)).When(Claim("alice", proof: Right, key: "right")).Then(
            "alice: too-many-attempts #11");

    [Fact]
    public void Repeating_a_wrong_claim_is_not_another_attempt() => Open(Guarded())
        .When(Wrong("alice", 9)).When(Wrong("alice", 9)).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #10");

    [Fact]
    public void A_missing_proof_is_not_an_attempt() => Open(Guarded())
        .When([.. Wrong("alice", 9), Claim("alice"), Claim("alice", proof: Right, key: "right")])
        .Then([.. Told("alice", 9), "alice: proof-missing #10", "alice: won #11"]);

    [Fact]
    public void A_missing_proof_is_told_as_missing_even_after_ten_wrong_ones() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("alice")]).Then([.. Told("alice", 10), "alice: proof-missing #11"]);

    [Fact]
    public void Attempts_are_each_players_own() => Open(Guarded())
        .When([.. Wrong("alice", 10), Claim("bob", proof: Right)]).Then([.. Told("alice", 10), "bob: won #11"]);

    [Fact]
    public void Attempts_are_each_treasures_own() => Open(Guarded(), Hidden("swan", proof: UnderTheOldOak))
        .When(Wrong("alice", 10)).When(Claim("alice", "swan", proof: Right)).Then("alice: won #1");

    [Fact]
    public void Proofs_are_not_judged_before_the_hunt_is_open() =>
        NotJudged(History(Drafted(), Scheduled(), Guarded()), "17:00", "hunt-not-open");

    [Fact]
    public void Proofs_are_not_judged_while_the_hunt_stands_still() =>
        NotJudged(History(Drafted(), Scheduled(), Paused("18:10"), Resumed("18:20"), Guarded()), "18:15", "hunt-paused");

    [Fact]
    public void Proofs_are_not_judged_after_the_last_unit_is_gone()
    {
        var sale = Open(Guarded(), Awarded("bob")).When(Wrong("alice", 11));

        sale.And(Restock(1)).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #13");
    }

    [Fact]
    public void Proofs_are_not_judged_for_who_has_won_already()
    {
        var sale = Open(Guarded(stock: 9), Awarded("alice")).When(Wrong("alice", 11));

        sale.And(Revoke("alice")).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #13");
    }

    [Fact]
    public void What_is_kept_of_a_proof_recognises_it_and_nothing_else()
    {
        var kept = Proofs.Hash(Right, Ids.Fresh());

        Assert.True(Proofs.Verify(kept, Right));
        Assert.False(Proofs.Verify(kept, Right + " "));
        Assert.False(Proofs.Verify(kept with { Salt = UnderTheOldOak.Salt }, Right));
    }

    [Fact]
    public void The_same_proof_is_kept_differently_by_each_command_and_alike_by_a_retry()
    {
        var (one, other) = (Ids.Fresh(), Ids.Fresh());

        Assert.NotEqual(Proofs.Hash(Right, one).Hash, Proofs.Hash(Right, other).Hash);
        Assert.Equal(Proofs.Hash(Right, one), Proofs.Hash(Right, one));
    }

    [Fact]
    public void Ten_wrong_proofs_are_the_limit() => Assert.Equal(10, ClaimDecider.MaxWrongProofs);

    private static void NotJudged(ClaimScenario sale, string at, string reason) => sale
        .When([.. Wrong("alice", 11, at: at)])
        .Then([.. Enumerable.Range(1, 11).Select(n => $"alice: {reason} #{n}")])
        .When(Claim("alice", proof: Right, key: "right"))
        .Then("alice: won #12");

    private static Contracts.Events.TreasureHidden Guarded(int stock = 1) => Hidden(stock: stock, proof: UnderTheOldOak);

    private static AcceptedClaim[] Wrong(string player, int count, int from = 1, string at = "18:30") =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, at: at, proof: "under the new oak", key: $"wrong {n}"))];

    private static string[] Told(string player, int count) => [.. Enumerable.Range(1, count).Select(n => $"{player}: proof-wrong #{n}")];
}
