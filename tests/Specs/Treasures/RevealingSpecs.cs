using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Treasures;

/// <summary>A clue is revealed when its time has come and its hunt has opened, and not before.</summary>
public class RevealingSpecs
{
    private static readonly Clue River = new("By the river", At("18:05"));

    private static readonly Hunt Scheduled = HuntFacts.Fold(Drafted(), HuntFacts.Scheduled())!;

    [Fact]
    public void A_due_clue_is_revealed() => Assert.Equal(new ClueRevealed(Goose, At("18:05"), River), Reveal("18:05").Event);

    [Fact]
    public void A_clue_that_is_found_late_is_revealed() => Assert.Equal(new ClueRevealed(Goose, At("19:00"), River), Reveal("19:00").Event);

    [Fact]
    public void A_clue_is_not_revealed_before_its_time() => Assert.Equal(ProblemNames.NotAllowedNow, Reveal("18:04:59.999").Problem);

    [Fact]
    public void A_clue_is_not_revealed_before_its_hunt_opens()
    {
        Assert.Equal(ProblemNames.NotAllowedNow, Reveal("17:59", coming: River with { RevealAt = At("17:00") }).Problem);
        Assert.Equal(ProblemNames.NotAllowedNow, Reveal("19:00", hunt: HuntFacts.Fold(Drafted())).Problem);
        Assert.Equal(
            ProblemNames.NotAllowedNow,
            Reveal("19:00", hunt: HuntFacts.Fold(Drafted(), HuntFacts.Scheduled(), Cancelled("17:00"))).Problem);
    }

    [Fact]
    public void What_players_see_is_revealed_though_its_treasure_is_withdrawn() =>
        Assert.NotNull(Reveal("18:05", treasure: TreasureFacts.Fold(Hidden(), Withdrawn())).Event);

    [Fact]
    public void No_command_brings_a_clue_of_its_own() =>
        Assert.Equal(
            ProblemNames.NotAllowedNow, Treasure.Reveal(TreasureFacts.Fold(Hidden()), Scheduled, null, Goose, At("18:05")).Problem);

    [Fact]
    public void A_treasure_that_does_not_exist_has_no_clues() =>
        Assert.Equal(ProblemNames.TreasureNotFound, Treasure.Reveal(null, null, River, Goose, At("18:05")).Problem);

    [Fact]
    public void A_revelation_does_not_matter_to_decisions() =>
        Assert.Equal(TreasureFacts.Fold(Hidden()), TreasureFacts.Fold(Hidden(), new ClueRevealed(Goose, At("18:05"), River)));

    private static Decision Reveal(string at, Clue? coming = null, Hunt? hunt = null, Treasure? treasure = null) =>
        Treasure.Reveal(treasure ?? TreasureFacts.Fold(Hidden()), hunt ?? Scheduled, coming ?? River, Goose, At(at));
}
