using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

/// <summary>The maximum number of clues of a treasure.</summary>
public class ClueLimitSpecs
{
    [Fact]
    public void The_hundredth_clue_is_added() => Given([Hidden(), .. Clues(99)]).When(AddClue("the last")).Then(ClueAdded("the last"));

    [Fact]
    public void The_hundred_and_first_clue_is_refused() =>
        Given([Hidden(), .. Clues(100)]).When(AddClue("one more")).ThenRefused(
            ProblemNames.LimitReached, "A treasure has at most 100 clues.");

    [Fact]
    public void The_clues_of_a_newly_hidden_treasure_count_towards_the_limit() => Given(
        [Hidden() with { Clues = [.. Clues(60).Select(added => added.Clue)] }, .. Clues(40)])
        .When(AddClue("one more")).ThenRefused(ProblemNames.LimitReached, "A treasure has at most 100 clues.");

    private static ClueAdded[] Clues(int count) => [.. Enumerable.Repeat(ClueAdded("Where the river bends"), count)];
}
