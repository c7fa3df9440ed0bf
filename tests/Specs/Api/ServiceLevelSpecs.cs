using TreasureHunt.Api.ServiceLevels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The service level that the Api reports from its checks.</summary>
public class ServiceLevelSpecs
{
    [Theory]
    [InlineData(true, true, true, "normal")]
    [InlineData(false, true, true, "degraded")]
    [InlineData(true, false, true, "degraded")]
    [InlineData(false, false, true, "degraded")]
    [InlineData(true, true, false, "read-only")]
    [InlineData(true, false, false, "read-only")]
    [InlineData(false, true, false, "read-only")]
    [InlineData(false, false, false, "unavailable")]
    public void The_level_depends_on_the_caches_and_the_bus(bool memcached, bool redis, bool bus, string level) =>
        Assert.Equal(level, ServiceLevels.Of(memcached, redis, bus, isAdvancing: true).Name());

    [Theory]
    [InlineData(true, true, true, "degraded")]
    [InlineData(false, true, true, "degraded")]
    [InlineData(true, true, false, "read-only")]
    [InlineData(false, false, false, "unavailable")]
    public void Stalled_decisions_or_projections_degrade_the_level(bool memcached, bool redis, bool bus, string level) =>
        Assert.Equal(level, ServiceLevels.Of(memcached, redis, bus, isAdvancing: false).Name());
}
