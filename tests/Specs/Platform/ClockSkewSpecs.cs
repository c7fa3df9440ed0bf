using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>What a host says of its clock.</summary>
public sealed class ClockSkewSpecs
{
    private readonly ManualTime _time = new();
    private TimeSpan _ahead;

    private ClockSkew Clock => field ??= new ClockSkew(_ => Task.FromResult(_time.GetUtcNow() + _ahead), _time);

    [Theory]
    [InlineData(0, 50, 100, 0)]
    [InlineData(0, -30, 100, -30)]
    [InlineData(0, 130, 100, 30)]
    [InlineData(0, 0, 0, 0)]
    public void Only_what_the_way_to_the_server_cannot_explain_is_a_difference(
        int asked, int server, int answered, int skew) => Assert.Equal(
        TimeSpan.FromMilliseconds(skew), ClockSkew.Between(Time(asked), Time(server), Time(answered)));

    [Theory]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(-0.9, HealthStatus.Healthy)]
    [InlineData(1.1, HealthStatus.Degraded)]
    [InlineData(-4.9, HealthStatus.Degraded)]
    [InlineData(5.1, HealthStatus.Unhealthy)]
    [InlineData(-3600, HealthStatus.Unhealthy)]
    public async Task A_host_that_starts_with_a_wrong_clock_says_so_and_with_a_very_wrong_one_is_not_ready(
        double seconds, HealthStatus status) =>
        Assert.Equal(status, await StatusAt(seconds));

    [Fact]
    public async Task A_host_that_was_right_once_stays_ready()
    {
        Assert.Equal(HealthStatus.Healthy, await StatusAt(0));
        Assert.Equal(HealthStatus.Degraded, await StatusAt(3600));
    }

    [Fact]
    public async Task A_host_whose_clock_is_set_becomes_ready()
    {
        Assert.Equal(HealthStatus.Unhealthy, await StatusAt(3600));
        Assert.Equal(HealthStatus.Healthy, await StatusAt(0));
    }

    [Fact]
    public async Task Without_a_server_to_compare_with_the_host_is_not_held_up() =>
        Assert.Equal(
            HealthStatus.Healthy, (await Clock.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);

    private async Task<HealthStatus> StatusAt(double seconds)
    {
        _ahead = TimeSpan.FromSeconds(seconds);
        await Clock.CompareAsync(TestContext.Current.CancellationToken);
        return (await Clock.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;
    }

    private static DateTimeOffset Time(int milliseconds) => DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds);
}
