using TreasureHunt.Api.ServiceLevels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The number of checks that change the service level.</summary>
public class ServiceLevelStateSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_consecutive_bad_checks_lower_the_level()
    {
        Assert.Equal("normal", After(ServiceLevel.Normal, ServiceLevel.Degraded));
        Assert.Equal("normal", After(ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Degraded));
        Assert.Equal("degraded", After(ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Degraded));
    }

    [Fact]
    public void Three_consecutive_good_checks_raise_the_level()
    {
        Assert.Equal("degraded", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal));
        Assert.Equal(
            "degraded", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal, ServiceLevel.Degraded, ServiceLevel.Normal));
        Assert.Equal("normal", After(ServiceLevel.Degraded, ServiceLevel.Normal, ServiceLevel.Normal, ServiceLevel.Normal));
    }

    [Fact]
    public void The_last_of_two_bad_checks_determines_the_level() =>
        Assert.Equal("read-only", After(ServiceLevel.Normal, ServiceLevel.Unavailable, ServiceLevel.ReadOnly));

    [Fact]
    public void A_level_keeps_the_time_at_which_it_was_declared()
    {
        var state = new ServiceLevelState(ServiceLevel.Normal, Start)
            .Next(ServiceLevel.Degraded, Start.AddSeconds(1)).Next(ServiceLevel.Degraded, Start.AddSeconds(2))
            .Next(ServiceLevel.Degraded, Start.AddSeconds(3)).Next(ServiceLevel.Normal, Start.AddSeconds(4));

        Assert.Equal((ServiceLevel.Degraded, Start.AddSeconds(2)), (state.Level, state.Since));
    }

    private static string After(ServiceLevel declared, params ServiceLevel[] checks) =>
        checks.Aggregate(new ServiceLevelState(declared, Start), (state, check) => state.Next(check, Start)).Level.Name();
}
