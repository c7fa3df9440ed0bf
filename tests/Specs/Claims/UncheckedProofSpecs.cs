using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>Refusals for other reasons do not check the proof.</summary>
public class UncheckedProofSpecs
{
    private const string Right = "under the old oak";

    [Fact]
    public void Proofs_are_not_checked_before_the_hunt_is_open() =>
        ProofsAreNotChecked(History(Drafted(), Scheduled(), Guarded()), "17:00", "hunt-not-open");

    [Fact]
    public void Proofs_are_not_checked_while_the_hunt_is_paused() =>
        ProofsAreNotChecked(History(Drafted(), Scheduled(), Paused("18:10"), Resumed("18:20"), Guarded()), "18:15", "hunt-paused");

    [Fact]
    public void Proofs_are_not_checked_after_the_last_unit_is_awarded()
    {
        var scenario = Open(Guarded(), Awarded("bob")).When(Wrong("alice", 11));

        scenario.And(Restock(1)).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #13");
    }

    [Fact]
    public void Proofs_are_not_checked_for_a_player_that_has_won()
    {
        var scenario = Open(Guarded(stock: 9), Awarded("alice")).When(Wrong("alice", 11));

        scenario.And(Revoke("alice")).When(Claim("alice", proof: Right, key: "right")).Then("alice: won #13");
    }

    private static void ProofsAreNotChecked(ClaimScenario scenario, string at, string reason) => scenario
        .When([.. Wrong("alice", 11, at: at)])
        .Then([.. Enumerable.Range(1, 11).Select(n => $"alice: {reason} #{n}")])
        .When(Claim("alice", proof: Right, key: "right"))
        .Then("alice: won #12");

    private static Contracts.Events.TreasureHidden Guarded(int stock = 1) => Hidden(stock: stock, proof: UnderTheOldOak);

    private static AcceptedClaim[] Wrong(string player, int count, int from = 1, string at = "18:30") =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, at: at, proof: "under the new oak", key: $"wrong {n}"))];
}
