using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>Shards that are not stalled.</summary>
public sealed class ShardProgressSpecs : StallDetectorScenario
{
    [Fact]
    public void A_shard_with_progress_is_not_stalled()
    {
        for (var second = 0; second < 300; second += 20)
        {
            Observe(second, head: 1_000_000, position: second);
        }

        Assert.Empty(Stalled(299));
    }

    [Fact]
    public void A_shard_at_the_head_is_not_stalled()
    {
        Observe(0, head: 10, position: 10);
        Observe(600, head: 10, position: 10);
        Observe(601, head: 11, position: 10);

        Assert.Equal(TimeSpan.FromSeconds(1), Detector.StalledFor("redis:All", TimeSpan.FromSeconds(602)));
        Assert.Empty(Stalled(602));
    }

    [Fact]
    public void Progress_ends_the_stall_immediately()
    {
        Observe(0, head: 10, position: 5);
        Observe(60, head: 10, position: 5);
        Assert.NotEmpty(Stalled(60));

        Observe(61, head: 10, position: 6);

        Assert.Empty(Stalled(61));
    }
}
