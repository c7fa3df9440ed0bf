using TreasureHunt.LoadGenerator.Load;

namespace TreasureHunt.Load;

/// <summary>The scenarios of the benchmark.</summary>
public static class Scenarios
{
    public static readonly Scenario Fifty = new("fifty", "claims on 50 treasures with large stock", 50, 1_000_000);

    /// <summary>A sale: a few units of each treasure.</summary>
    public static readonly Scenario Sale = new("sale", "a sale: 20 treasures with 50 units", 20, 50);

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("one-small", "claims on one treasure with 100 units", 1, 100),
        new("one-large", "claims on one treasure with large stock", 1, 1_000_000),
        Fifty,
        Fifty with { Name = "fifty-batch50", Description = "claims on 50 treasures, 50 in a request", Lines = 50 },
        Fifty with
        {
            Name = "fifty-stream",
            Description = "claims on 50 treasures, 50 in a piece of a stream",
            Lines = 50,
            IsStream = true,
        },
        new("five-thousand", "claims on 5,000 treasures", 5_000, 1_000),
        new("sold-out", "claims on a treasure without a unit left", 1, 1, SoldOut: true),
        new("read-hot", "reads of one treasure", 1, 1_000, Reads: 1),
        new("read-cold", "reads of 5,000 treasures", 5_000, 1_000, Reads: 1),
        new("mix", "four reads to one claim, 50 treasures", 50, 1_000_000, Reads: 0.8),
    ];
}
