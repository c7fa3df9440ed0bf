using TreasureHunt.Api.ServiceLevels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What the Api declares of itself, from what it sees.</summary>
public class LevelSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, true, true, "normal")]
    [InlineData(false, true, true, "degraded")]
    [InlineData(true, false, true, "degraded")]
    [InlineData(false, false, true, "degraded")]
    [InlineData(true, true, false, "read-only")]
    [InlineData(true, false, false, "read-only")]
    [InlineData(false, true, false, "read-only")]
    [InlineData(false, false, false, "unavailable")]
    public void Without_a_cache_claims_go_on_without_a_bus_reads_do(bool memcached, bool redis, bool bus, string level) =>
        Assert.Equal(level, ServiceLevels.Of(memcached, redis, bus, moving: true).Name());

    [Theory]
    [InlineData(true, true, true, "degraded")]
    [InlineData(false, true, true, "degraded")]
    [InlineData(true, true, false, "read-only")]
    [InlineData(false, false, false, "unavailable")]
    public void What_stands_still_behind_degrades_and_makes_nothing_else_better(bool memcached, bool redis, bool bus, string level) =>
        Assert.Equal(level, ServiceLevels.Of(memcached, redis, bus, moving: false).Name());

    [Fact]
    public void One_bad_look_declares_nothing_and_two_in_a_row_do()
    {
        Assert.Equal("normal", After(ServiceLevel.Normal, ServiceLevel.Degraded));
        Assert.Equal("normal", After(ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Degraded));
        Assert.Equal("degraded", After(ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Degraded));
    }

    [Fact]
    public void Better_is_declared_after_three_looks_in_a_row()
    {
        Assert.Equal("degraded", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal));
        Assert.Equal(
            "degraded", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Normal));
        Assert.Equal("normal", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal, ServiceLevel.Normal));
    }

    [Fact]
    public void Looks_that_agree_that_it_is_worse_need_not_agree_how_much_and_the_last_one_counts() =>
        Assert.Equal("read-only", After(ServiceLevel.Normal, ServiceLevel.Unavailable, ServiceLevel.ReadOnly));

    [Fact]
    public void A_level_keeps_the_time_at_which_it_was_declared()
    {
        var standing = new ServiceLevelState(ServiceLevel.Normal, Start)
            .After(ServiceLevel.Degraded, Start.AddSeconds(1)).After(ServiceLevel.Degraded, Start.AddSeconds(2))
            .After(ServiceLevel.Degraded, Start.AddSeconds(3)).After(ServiceLevel.Normal, Start.AddSeconds(4));

        Assert.Equal((ServiceLevel.Degraded, Start.AddSeconds(2)), (standing.Level, standing.Since));
    }

    private static string After(ServiceLevel declared, params ServiceLevel[] seen) =>
        seen.Aggregate(new ServiceLevelState(declared, Start), (standing, look) => standing.After(look, Start)).Level.Name();
}
