using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The readiness of a host after its clock was correct once.</summary>
public sealed class ClockHealthSpecs
{
    private readonly ManualTime _time = new();
    private TimeSpan _ahead;
    private ClockSkew Clock => field ??= new ClockSkew(_ => Task.FromResult(_time.GetUtcNow() + _ahead), _time);

    [Fact]
    public async Task A_host_whose_clock_was_correct_once_stays_ready()
    {
        Assert.Equal(HealthStatus.Healthy, await StatusAt(0));
        Assert.Equal(HealthStatus.Degraded, await StatusAt(3600));
    }

    [Fact]
    public async Task A_host_whose_clock_is_corrected_becomes_ready()
    {
        Assert.Equal(HealthStatus.Unhealthy, await StatusAt(3600));
        Assert.Equal(HealthStatus.Healthy, await StatusAt(0));
    }

    [Fact]
    public async Task Without_a_reference_server_the_host_is_healthy() =>
        Assert.Equal(
            HealthStatus.Healthy, (await Clock.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);

    private async Task<HealthStatus> StatusAt(double seconds)
    {
        _ahead = TimeSpan.FromSeconds(seconds);
        await Clock.CompareAsync(TestContext.Current.CancellationToken);
        return (await Clock.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;
    }
}
