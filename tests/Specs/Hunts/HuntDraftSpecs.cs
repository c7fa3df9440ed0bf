using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

public class HuntDraftSpecs
{
    [Fact]
    public void A_hunt_begins_as_a_draft() => Given().When(Draft()).Then(Drafted());

    [Fact]
    public void A_draft_has_the_player_limit() => Given().When(Draft(playerLimit: 3)).Then(Drafted(playerLimit: 3));

    [Fact]
    public void A_hunt_id_cannot_be_used_twice() =>
        Given(Drafted()).When(Draft()).ThenRefused(ProblemNames.AlreadyExists, "There is a hunt sale already.");

    [Fact]
    public void The_id_of_a_cancelled_hunt_cannot_be_used_again() =>
        Given(Drafted(), Cancelled("13:00")).When(Draft()).ThenRefused(ProblemNames.AlreadyExists, "There is a hunt sale already.");

    [Fact]
    public void A_missing_hunt_cannot_change()
    {
        foreach (var change in Enum.GetValues<HuntChange>())
        {
            Given().When(Change(change, "18:30")).ThenRefused(ProblemNames.HuntNotFound, "There is no hunt sale.");
        }
    }

    [Fact]
    public void A_second_drafted_event_changes_nothing() =>
        Assert.Equal(At("20:00"), Fold(Drafted(), Drafted(closes: "23:00"))!.Window.ClosesAt);

    [Fact]
    public void Events_of_a_hunt_that_was_never_drafted_are_ignored() => Assert.Null(Fold(Scheduled(), Opened("18:00")));

    [Fact]
    public void A_command_of_another_aggregate_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Given(Drafted()).When(new WithdrawTreasure(Guid.Empty, At("18:00"), "goose")));
}
