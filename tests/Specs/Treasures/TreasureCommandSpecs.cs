using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain.Treasures;
using Xunit;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

public class TreasureCommandSpecs
{
    [Fact]
    public void A_clue_can_be_added() => Given(Hidden()).When(AddClue("Where the river bends")).Then(ClueAdded("Where the river bends"));

    [Fact]
    public void A_treasure_can_be_withdrawn() => Given(Hidden()).When(Withdraw()).Then(Withdrawn());

    [Fact]
    public void A_withdrawn_treasure_accepts_only_a_revocation()
    {
        foreach (var command in new IAdminCommand[] { Withdraw(), Restock(1), AddClue("Too late") })
        {
            Given(Hidden(), Withdrawn()).When(command).ThenRefused(ProblemNames.NotAllowedNow, "The treasure is withdrawn.");
        }
    }

    [Fact]
    public void An_award_of_a_withdrawn_treasure_can_be_revoked() =>
        new CommandScenario<Treasure>(
            Fold(Hidden(), Awarded("alice"), Withdrawn()), (treasure, command) => Treasure.Decide(treasure, Awarded("alice"), command))
            .When(Revoke("alice")).Then(Revoked("alice"));

    [Fact]
    public void Only_an_unrevoked_award_can_be_revoked() => Given(Hidden()).When(Revoke("alice"))
        .ThenRefused(ProblemNames.NotAllowedNow, $"Claim {ClaimOf("alice", key: "earlier")} has no unrevoked award of this treasure.");

    [Fact]
    public void A_missing_treasure_accepts_no_command()
    {
        foreach (var command in new IAdminCommand[] { Withdraw(), Restock(1), AddClue("Nowhere"), Revoke("alice") })
        {
            Given().When(command).ThenRefused(ProblemNames.TreasureNotFound, "There is no such treasure.");
        }
    }

    [Fact]
    public void A_command_of_another_aggregate_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Given(Hidden()).When(new ChangeHunt(Guid.Empty, At("18:00"), "sale", HuntChange.Open)));
}
