using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

public class HideTreasureSpecs
{
    [Fact]
    public void A_hidden_treasure_has_the_requested_properties()
    {
        Clue[] clues = [new("Where the river bends", At("18:05"))];

        WithHunt(Drafted()).When(Hide(proof: UnderTheOldOak, clues: clues)).Then(
            new TreasureHidden(Goose, Sale, At("12:00"), "Golden goose", 3, 2, UnderTheOldOak, clues));
    }

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_is_scheduled() => Allowed("17:00", Drafted(), Scheduled());

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_is_open() => Allowed("18:30", Drafted(), Scheduled());

    [Fact]
    public void A_treasure_can_be_added_while_the_hunt_is_paused() => Allowed("18:30", Drafted(), Scheduled(), Paused("18:15"));

    [Fact]
    public void A_treasure_requires_a_hunt() => WithHunt().When(Hide()).ThenRefused(ProblemNames.HuntNotFound, "There is no hunt sale.");

    [Fact]
    public void A_treasure_id_cannot_be_used_twice() =>
        new CommandScenario<Treasure>(Fold(Hidden()), HideIn(Drafted())).When(Hide()).ThenRefused(
            ProblemNames.AlreadyExists, "There is a treasure goose already.");

    [Fact]
    public void A_second_hidden_event_changes_nothing() => Assert.Equal(5, Fold(Hidden(stock: 5), Hidden(stock: 9))!.Stock);

    private static void Allowed(string at, params IHuntEvent[] hunt)
    {
        var command = Hide(at);
        WithHunt(hunt).When(command).Then(
            new TreasureHidden(Goose, Sale, At(at), "Golden goose", 3, 2, null, command.Clues));
    }

    private static CommandScenario<Treasure> WithHunt(params IHuntEvent[] hunt) => new(null, HideIn(hunt));

    private static Func<Treasure?, IAdminCommand, CommandDecision> HideIn(params IHuntEvent[] hunt) =>
        (treasure, command) => Treasure.DecideHide(treasure, HuntExamples.Fold(hunt), (HideTreasure)command);
}
