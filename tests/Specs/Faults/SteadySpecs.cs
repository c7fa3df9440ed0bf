using TreasureHunt.Faults.Trials;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public static class SteadySpecs
{
    private const double Growth = 1.1;
    private const double Slack = 16;

    [Fact]
    public static void What_is_never_given_back_grows() => Assert.False(Of(Enumerable.Range(0, 120).Select(n => 200.0 + n)).Held);

    [Fact]
    public static void What_comes_and_goes_does_not_grow() => Assert.True(Of(Enumerable.Range(0, 120).Select(n => 200.0 + (n % 10 * n))).Held);

    [Fact]
    public static void A_little_is_nothing() => Assert.True(Of([200, 200, 200, (200 * Growth) + Slack]).Held);

    [Fact]
    public static void What_holds_what_was_claimed_may_grow() => Assert.True(Steady.Of("memcached MiB", [1, 1000], Growth, Slack, mayGrow: true).Held);

    [Fact]
    public static void Each_quarter_tells_its_least()
    {
        var steady = Of([5, 4, 9, 8, 3, 7, 6, 2]);

        Assert.Equal([4, 8, 3, 2], steady.Least);
        Assert.Equal(9, steady.Most);
    }

    [Fact]
    public static void One_look_is_enough() => Assert.True(Of([7]).Held);

    private static Steady Of(IEnumerable<double> series) => Steady.Of("api-1 MiB", [.. series], Growth, Slack, mayGrow: false);
}
