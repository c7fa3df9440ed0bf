using TreasureHunt.Faults.Trials;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public static class SteadyMemorySpecs
{
    private const double Growth = 1.1;
    private const double Slack = 16;

    [Fact]
    public static void Memory_that_is_never_released_grows() => Assert.False(Of(Enumerable.Range(0, 120).Select(n => 200.0 + n)).Held);

    [Fact]
    public static void Memory_that_is_released_does_not_grow() =>
        Assert.True(Of(Enumerable.Range(0, 120).Select(n => 200.0 + (n % 10 * n))).Held);

    [Fact]
    public static void Growth_within_the_tolerance_is_accepted() => Assert.True(Of([200, 200, 200, (200 * Growth) + Slack]).Held);

    [Fact]
    public static void A_series_that_may_grow_is_accepted() =>
        Assert.True(SoakMetric.Of("memcached MiB", [1, 10, 100, 1000], Growth, Slack, mayGrow: true).Held);

    [Fact]
    public static void Each_quarter_has_its_minimum()
    {
        var steady = Of([5, 4, 9, 8, 3, 7, 6, 2]);

        Assert.Equal([4, 8, 3, 2], steady.QuarterMinimums);
        Assert.Equal(9, steady.Max);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public static void Fewer_samples_than_quarters_fail(int samples)
    {
        Assert.False(Of(Enumerable.Repeat(7.0, samples)).Held);
        Assert.False(SoakMetric.Of("memcached MiB", [.. Enumerable.Repeat(7.0, samples)], Growth, Slack, mayGrow: true).Held);
    }

    private static SoakMetric Of(IEnumerable<double> series) => SoakMetric.Of("api-1 MiB", [.. series], Growth, Slack, mayGrow: false);
}
