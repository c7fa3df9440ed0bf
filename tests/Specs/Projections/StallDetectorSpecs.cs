using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>The conditions under which a shard is stalled.</summary>
public sealed class StallDetectorSpecs : StallDetectorScenario
{
    [Fact]
    public void A_shard_without_progress_for_the_threshold_is_stalled()
    {
        Observe(0, head: 10, position: 5);
        Observe(29, head: 20, position: 5);
        Assert.Empty(Stalled(29));

        Observe(30, head: 20, position: 5);

        Assert.Equal(("redis:All", TimeSpan.FromSeconds(30)), (Assert.Single(Stalled(30)).Key, Stalled(30)["redis:All"]));
    }

    [Fact]
    public void A_shard_without_any_progress_counts_from_the_first_check()
    {
        Observe(100, head: 10, position: 0);

        Assert.Equal(TimeSpan.FromSeconds(5), Detector.StalledFor("redis:All", TimeSpan.FromSeconds(105)));
        Assert.Equal(TimeSpan.Zero, Detector.StalledFor("unknown:All", TimeSpan.FromSeconds(105)));
    }

    [Fact]
    public void Each_shard_is_checked_separately()
    {
        foreach (var (second, memcached) in ((int, long)[])[(0, 5), (15, 6), (31, 7)])
        {
            Detector = Detector.Observe(
                TimeSpan.FromSeconds(second), 10, new Dictionary<string, long> { ["redis:All"] = 5, ["memcached:All"] = memcached });
        }

        Assert.Equal("redis:All", Assert.Single(Stalled(31)).Key);
    }
}
