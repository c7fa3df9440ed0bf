using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

public class DraftingSpecs
{
    [Fact]
    public void A_hunt_begins_as_a_draft() => Given().When(Draft()).Then(Drafted());

    [Fact]
    public void A_draft_keeps_the_limit_of_a_player() => Given().When(Draft(playerLimit: 3)).Then(Drafted(playerLimit: 3));

    [Fact]
    public void An_id_names_one_hunt_only() =>
        Given(Drafted()).When(Draft()).ThenRefused(ProblemNames.AlreadyExists, "There is a hunt sale already.");

    [Fact]
    public void A_cancelled_hunt_keeps_its_id() =>
        Given(Drafted(), Cancelled("13:00")).When(Draft()).ThenRefused(ProblemNames.AlreadyExists, "There is a hunt sale already.");

    [Fact]
    public void What_does_not_exist_cannot_change()
    {
        foreach (var change in Enum.GetValues<HuntChange>())
        {
            Given().When(Change(change, "18:30")).ThenRefused(ProblemNames.HuntNotFound, "There is no hunt sale.");
        }
    }

    [Fact]
    public void A_second_draft_in_the_log_changes_nothing() =>
        Assert.Equal(At("20:00"), Fold(Drafted(), Drafted(closes: "23:00"))!.Window.ClosesAt);

    [Fact]
    public void Nothing_happens_to_a_hunt_that_was_never_drafted() => Assert.Null(Fold(Scheduled(), Opened("18:00")));

    [Fact]
    public void A_command_of_something_else_is_a_mistake_of_ours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Given(Drafted()).When(new WithdrawTreasure(Guid.Empty, At("18:00"), "goose")));
}
