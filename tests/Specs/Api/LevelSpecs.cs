using TreasureHunt.Api;
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
        Assert.Equal(level, Levels.Of(memcached, redis, bus, moving: true).Name());

    [Theory]
    [InlineData(true, true, true, "degraded")]
    [InlineData(false, true, true, "degraded")]
    [InlineData(true, true, false, "read-only")]
    [InlineData(false, false, false, "unavailable")]
    public void What_stands_still_behind_degrades_and_makes_nothing_else_better(bool memcached, bool redis, bool bus, string level) =>
        Assert.Equal(level, Levels.Of(memcached, redis, bus, moving: false).Name());

    [Fact]
    public void One_bad_look_declares_nothing_and_two_in_a_row_do()
    {
        Assert.Equal("normal", After(Level.Normal, Level.Degraded));
        Assert.Equal("normal", After(Level.Normal, Level.Degraded, Level.Normal, Level.Degraded));
        Assert.Equal("degraded", After(Level.Normal, Level.Degraded, Level.Degraded));
    }

    [Fact]
    public void Better_is_declared_after_three_looks_in_a_row()
    {
        Assert.Equal("degraded", After(Level.Degraded, Level.Normal, Level.Normal));
        Assert.Equal("degraded", After(Level.Degraded, Level.Normal, Level.Normal, Level.Degraded, Level.Normal));
        Assert.Equal("normal", After(Level.Degraded, Level.Normal, Level.Normal, Level.Normal));
    }

    [Fact]
    public void Looks_that_agree_that_it_is_worse_need_not_agree_how_much_and_the_last_one_counts() =>
        Assert.Equal("read-only", After(Level.Normal, Level.Unavailable, Level.ReadOnly));

    [Fact]
    public void A_level_keeps_the_time_at_which_it_was_declared()
    {
        var standing = new Standing(Level.Normal, Start)
            .After(Level.Degraded, Start.AddSeconds(1)).After(Level.Degraded, Start.AddSeconds(2))
            .After(Level.Degraded, Start.AddSeconds(3)).After(Level.Normal, Start.AddSeconds(4));

        Assert.Equal((Level.Degraded, Start.AddSeconds(2)), (standing.Level, standing.Since));
    }

    private static string After(Level declared, params Level[] seen) =>
        seen.Aggregate(new Standing(declared, Start), (standing, look) => standing.After(look, Start)).Level.Name();
}
