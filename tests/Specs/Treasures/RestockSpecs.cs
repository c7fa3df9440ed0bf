using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

/// <summary>Restocks and the maximum number of units.</summary>
public class RestockSpecs
{
    [Fact]
    public void Restocking_adds_units() => Given(Hidden(stock: 1)).When(Restock(4)).Then(Restocked(4));

    [Fact]
    public void A_treasure_has_at_most_ten_million_units() =>
        Given(Hidden(stock: 9_000_000)).When(Restock(1_000_000)).Then(Restocked(1_000_000));

    [Fact]
    public void A_restock_above_ten_million_units_is_refused() => Given(Hidden(stock: 9_000_001)).When(Restock(1_000_000))
        .ThenRefused(ProblemNames.NotAllowedNow, "A treasure holds at most 10000000 units.");

    [Fact]
    public void Awarded_units_count_towards_the_limit() =>
        Given(Hidden(stock: 9_999_999), Awarded("alice"), Restocked(1)).When(Restock(1))
            .ThenRefused(ProblemNames.NotAllowedNow, "A treasure holds at most 10000000 units.");
}
