using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain.Treasures;
using Xunit;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Treasures;

public class StockSpecs
{
    [Fact]
    public void Restocking_adds_units() => Given(Hidden(stock: 1)).When(Restock(4)).Then(Restocked(4));

    [Fact]
    public void A_treasure_holds_ten_million_units() =>
        Given(Hidden(stock: 9_000_000)).When(Restock(1_000_000)).Then(Restocked(1_000_000));

    [Fact]
    public void And_not_one_more() => Given(Hidden(stock: 9_000_001)).When(Restock(1_000_000))
        .ThenRefused(ProblemNames.NotAllowedNow, "A treasure holds at most 10000000 units.");

    [Fact]
    public void Units_already_given_count_towards_what_a_treasure_holds() =>
        Given(Hidden(stock: 9_999_999), Awarded("alice"), Restocked(1)).When(Restock(1))
            .ThenRefused(ProblemNames.NotAllowedNow, "A treasure holds at most 10000000 units.");

    [Fact]
    public void A_clue_can_be_added() => Given(Hidden()).When(AddClue("Where the river bends")).Then(ClueAdded("Where the river bends"));

    [Fact]
    public void A_treasure_can_be_withdrawn() => Given(Hidden()).When(Withdraw()).Then(Withdrawn());

    [Fact]
    public void A_withdrawn_treasure_takes_no_command_but_a_revocation()
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
    public void Only_an_award_that_stands_can_be_revoked() => Given(Hidden()).When(Revoke("alice"))
        .ThenRefused(ProblemNames.NotAllowedNow, $"Claim {ClaimOf("alice", key: "earlier")} has no award of this treasure that stands.");

    [Fact]
    public void What_does_not_exist_takes_no_command()
    {
        foreach (var command in new IAdminCommand[] { Withdraw(), Restock(1), AddClue("Nowhere"), Revoke("alice") })
        {
            Given().When(command).ThenRefused(ProblemNames.TreasureNotFound, "There is no such treasure.");
        }
    }

    [Fact]
    public void A_command_of_something_else_is_a_mistake_of_ours() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Given(Hidden()).When(new ChangeHunt(Guid.Empty, At("18:00"), "sale", HuntChange.Open)));
}
