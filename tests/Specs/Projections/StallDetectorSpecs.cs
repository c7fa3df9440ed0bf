using TreasureHunt.Projections.Health;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>When a shard counts as standing still.</summary>
public sealed class StallDetectorSpecs
{
    private StallDetector _detector = StallDetector.Nothing;

    [Fact]
    public void A_shard_that_is_behind_and_does_not_move_for_half_a_minute_stands_still()
    {
        Look(0, head: 10, position: 5);
        Look(29, head: 20, position: 5);
        Assert.Empty(Stalled(29));

        Look(30, head: 20, position: 5);

        Assert.Equal(("redis:All", TimeSpan.FromSeconds(30)), (Assert.Single(Stalled(30)).Key, Stalled(30)["redis:All"]));
    }

    [Fact]
    public void A_shard_that_moves_is_slow_and_does_not_stand_still()
    {
        for (var second = 0; second < 300; second += 20)
        {
            Look(second, head: 1_000_000, position: second);
        }

        Assert.Empty(Stalled(299));
    }

    [Fact]
    public void A_shard_at_the_head_has_nothing_to_do_and_its_rest_does_not_count()
    {
        Look(0, head: 10, position: 10);
        Look(600, head: 10, position: 10);
        Look(601, head: 11, position: 10);

        Assert.Equal(TimeSpan.FromSeconds(1), _detector.StalledFor("redis:All", TimeSpan.FromSeconds(602)));
        Assert.Empty(Stalled(602));
    }

    [Fact]
    public void A_shard_that_goes_on_is_well_at_once()
    {
        Look(0, head: 10, position: 5);
        Look(60, head: 10, position: 5);
        Assert.NotEmpty(Stalled(60));

        Look(61, head: 10, position: 6);

        Assert.Empty(Stalled(61));
    }

    [Fact]
    public void A_shard_that_never_moved_counts_from_the_first_look()
    {
        Look(100, head: 10, position: 0);

        Assert.Equal(TimeSpan.FromSeconds(5), _detector.StalledFor("redis:All", TimeSpan.FromSeconds(105)));
        Assert.Equal(TimeSpan.Zero, _detector.StalledFor("unheard-of:All", TimeSpan.FromSeconds(105)));
    }

    [Fact]
    public void Shards_stand_still_one_by_one()
    {
        foreach (var (second, memcached) in ((int, long)[])[(0, 5), (15, 6), (31, 7)])
        {
            _detector = _detector.After(
                TimeSpan.FromSeconds(second), 10, new Dictionary<string, long> { ["redis:All"] = 5, ["memcached:All"] = memcached });
        }

        Assert.Equal("redis:All", Assert.Single(Stalled(31)).Key);
    }

    private void Look(int second, long head, long position) =>
        _detector = _detector.After(TimeSpan.FromSeconds(second), head, new Dictionary<string, long> { ["redis:All"] = position });

    private IReadOnlyDictionary<string, TimeSpan> Stalled(int second) => _detector.Stalled(TimeSpan.FromSeconds(second));
}
