using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The clock skew of a host against the database server.</summary>
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
    public void The_skew_excludes_the_round_trip_time(
        int asked, int server, int answered, int skew) => Assert.Equal(
        TimeSpan.FromMilliseconds(skew), ClockSkew.Calculate(Time(asked), Time(server), Time(answered)));

    [Theory]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(-0.9, HealthStatus.Healthy)]
    [InlineData(1.1, HealthStatus.Degraded)]
    [InlineData(-4.9, HealthStatus.Degraded)]
    [InlineData(5.1, HealthStatus.Unhealthy)]
    [InlineData(-3600, HealthStatus.Unhealthy)]
    public async Task The_health_at_startup_depends_on_the_clock_skew(
        double seconds, HealthStatus status) =>
        Assert.Equal(status, await StatusAt(seconds));

    private async Task<HealthStatus> StatusAt(double seconds)
    {
        _ahead = TimeSpan.FromSeconds(seconds);
        await Clock.CompareAsync(TestContext.Current.CancellationToken);
        return (await Clock.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;
    }

    private static DateTimeOffset Time(int milliseconds) => DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds);
}
