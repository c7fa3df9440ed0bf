using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

/// <summary>A clue is revealed after its reveal time and the opening of its hunt.</summary>
public class RevealClueSpecs
{
    private static readonly Clue River = new("By the river", At("18:05"));

    private static readonly Hunt Scheduled = HuntExamples.Fold(Drafted(), HuntExamples.Scheduled())!;

    [Fact]
    public void A_due_clue_is_revealed() => Assert.Equal(new ClueRevealed(Goose, At("18:05"), River), Reveal("18:05").Event);

    [Fact]
    public void An_overdue_clue_is_revealed() => Assert.Equal(new ClueRevealed(Goose, At("19:00"), River), Reveal("19:00").Event);

    [Fact]
    public void A_clue_is_not_revealed_before_its_time() => Assert.Equal(ProblemNames.NotAllowedNow, Reveal("18:04:59.999").Problem);

    [Fact]
    public void A_clue_is_not_revealed_before_its_hunt_opens()
    {
        Assert.Equal(ProblemNames.NotAllowedNow, Reveal("17:59", coming: River with { RevealAt = At("17:00") }).Problem);
        Assert.Equal(ProblemNames.NotAllowedNow, Reveal("19:00", hunt: HuntExamples.Fold(Drafted())).Problem);
        Assert.Equal(
            ProblemNames.NotAllowedNow,
            Reveal("19:00", hunt: HuntExamples.Fold(Drafted(), HuntExamples.Scheduled(), Cancelled("17:00"))).Problem);
    }

    [Fact]
    public void A_clue_of_a_withdrawn_treasure_is_revealed() =>
        Assert.NotNull(Reveal("18:05", treasure: TreasureExamples.Fold(Hidden(), Withdrawn())).Event);

    [Fact]
    public void Without_a_due_clue_the_command_is_refused() =>
        Assert.Equal(
            ProblemNames.NotAllowedNow,
            Treasure.DecideReveal(TreasureExamples.Fold(Hidden()), Scheduled, null, Goose, At("18:05")).Problem);

    [Fact]
    public void A_treasure_that_does_not_exist_has_no_clues() =>
        Assert.Equal(ProblemNames.TreasureNotFound, Treasure.DecideReveal(null, null, River, Goose, At("18:05")).Problem);

    [Fact]
    public void A_revealed_clue_does_not_change_the_state_of_the_treasure() =>
        Assert.Equal(TreasureExamples.Fold(Hidden()), TreasureExamples.Fold(Hidden(), new ClueRevealed(Goose, At("18:05"), River)));

    private static CommandDecision Reveal(string at, Clue? coming = null, Hunt? hunt = null, Treasure? treasure = null) =>
        Treasure.DecideReveal(treasure ?? TreasureExamples.Fold(Hidden()), hunt ?? Scheduled, coming ?? River, Goose, At(at));
}
