using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Treasures;

public class HidingSpecs
{
    [Fact]
    public void A_treasure_is_hidden_with_all_that_was_asked_for()
    {
        Clue[] clues = [new("Where the river bends", At("18:05"))];

        WithHunt(Drafted()).When(Hide(proof: UnderTheOldOak, clues: clues)).Then(
            new TreasureHidden(Goose, TheSale, At("12:00"), "Golden goose", 3, 2, UnderTheOldOak, clues));
    }

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_is_scheduled() => Allowed("17:00", Drafted(), Scheduled());

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_is_open() => Allowed("18:30", Drafted(), Scheduled());

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_stands_still() => Allowed("18:30", Drafted(), Scheduled(), Paused("18:15"));

    [Fact]
    public void A_treasure_needs_a_hunt() => WithHunt().When(Hide()).ThenRefused(ProblemNames.HuntNotFound, "There is no hunt sale.");

    [Fact]
    public void A_hunt_that_closed_by_itself_takes_no_more() => Over("20:00", Drafted(), Scheduled());

    [Fact]
    public void A_hunt_that_was_closed_takes_no_more() => Over("18:30", Drafted(), Scheduled(), Closed("18:15"));

    [Fact]
    public void A_cancelled_hunt_takes_no_more() => Over("18:30", Drafted(), Cancelled("18:15"));

    [Fact]
    public void An_id_names_one_treasure_only() =>
        new CommandScenario<Treasure>(Fold(Hidden()), HideIn(Drafted())).When(Hide()).ThenRefused(
            ProblemNames.AlreadyExists, "There is a treasure goose already.");

    [Fact]
    public void A_second_hiding_in_the_log_changes_nothing() => Assert.Equal(5, Fold(Hidden(stock: 5), Hidden(stock: 9))!.Stock);

    private static void Allowed(string at, params IHuntEvent[] hunt)
    {
        var command = Hide(at);
        WithHunt(hunt).When(command).Then(
            new TreasureHidden(Goose, TheSale, At(at), "Golden goose", 3, 2, null, command.Clues));
    }

    private static void Over(string at, params IHuntEvent[] hunt) =>
        WithHunt(hunt).When(Hide(at)).ThenRefused(ProblemNames.NotAllowedNow, "The hunt is over.");

    private static CommandScenario<Treasure> WithHunt(params IHuntEvent[] hunt) => new(null, HideIn(hunt));

    private static Func<Treasure?, IAdminCommand, Decision> HideIn(params IHuntEvent[] hunt) =>
        (treasure, command) => Treasure.Hide(treasure, HuntFacts.Fold(hunt), (HideTreasure)command);
}
