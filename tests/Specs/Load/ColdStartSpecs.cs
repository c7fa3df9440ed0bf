using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The first seconds of a set in <c>./hunt bench</c>.</summary>
public class ColdStartSpecs
{
    [Fact]
    public void A_set_is_warm_from_the_first_three_seconds_at_four_fifths_of_its_last_rate()
    {
        var cold = ColdStart.Of(Samples(100, 900, 100, 700, 800, 900, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000));

        Assert.Equal(1_000, cold.WarmRate);
        Assert.Equal(3, cold.SecondsToWarm);
        Assert.Equal([100, 900, 100], cold.DecidedPerSecond.Take(3));
    }

    [Fact]
    public void A_set_without_decided_claims_is_never_warm() =>
        Assert.Null(ColdStart.Of(Samples(0, 0, 0, 0)).SecondsToWarm);

    private static List<(TimeSpan At, long Head)> Samples(params int[] decided) =>
        [(TimeSpan.Zero, 0), .. decided.Select((_, n) => (TimeSpan.FromSeconds(n + 1), (long)decided.Take(n + 1).Sum()))];
}
