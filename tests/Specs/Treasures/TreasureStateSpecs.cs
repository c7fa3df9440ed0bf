using TreasureHunt.Domain.Treasures;
using Xunit;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

/// <summary>The state of a treasure after its events.</summary>
public class TreasureStateSpecs
{
    [Fact]
    public void A_hidden_treasure_has_all_its_units() => Assert.Equal(
        new Treasure("treasure-goose", "sale", 3, 0, 0, 2, UnderTheOldOak, false, null, Clues: 0),
        Fold(Hidden(stock: 3, perPlayer: 2, proof: UnderTheOldOak)));

    [Fact]
    public void An_award_takes_a_unit_and_is_the_last_award()
    {
        var treasure =
            Fold(Hidden(stock: 3), Awarded("alice", position: 4, accepted: "18:10"), Awarded("bob", position: 7, accepted: "18:11"))!;

        Assert.Equal((1, 2, 2), (treasure.Remaining, treasure.Awarded, treasure.Awards));
        Assert.Equal(new LastAward(7, At("18:11")), treasure.LastAward);
    }

    [Fact]
    public void A_revocation_returns_the_unit_but_not_the_position()
    {
        var treasure = Fold(Hidden(stock: 3), Awarded("alice"), Awarded("bob", position: 2), Revoked("alice"))!;

        Assert.Equal((2, 1, 2), (treasure.Remaining, treasure.Awarded, treasure.Awards));
    }

    [Fact]
    public void Restocking_adds_to_the_remaining_units() =>
        Assert.Equal(6, Fold(Hidden(stock: 2), Awarded("alice"), Restocked(5))!.Remaining);

    [Fact]
    public void A_withdrawn_treasure_stays_withdrawn() => Assert.True(Fold(Hidden(), Withdrawn(), Revoked("alice"))!.Withdrawn);

    [Fact]
    public void Only_the_number_of_clues_is_kept() =>
        Assert.Equal(Fold(Hidden())! with { Clues = 2 }, Fold(Hidden(), ClueAdded("Where the river bends"), ClueAdded("Under the bridge")));

    [Fact]
    public void A_snapshot_without_a_clue_count_stays_without_one() =>
        Assert.Null(Treasure.Evolve(Fold(Hidden())! with { Clues = null }, ClueAdded("Where the river bends"))!.Clues);

    [Fact]
    public void Events_of_a_treasure_that_was_never_hidden_are_ignored() =>
        Assert.Null(Fold(Awarded("alice"), Restocked(1), Withdrawn(), Revoked("alice"), ClueAdded("Nowhere")));
}
