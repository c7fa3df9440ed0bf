using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Hosting;

/// <summary>
/// Compares this host's clock with a server's clock once a minute: the time of a claim is the time at which a host received it, so the
/// hosts' clocks must agree. A host that starts with a wrong clock is not ready until the clock is corrected. Later the host is only
/// degraded, because one wrong server clock must not disable all hosts.
/// </summary>
public sealed class ClockSkew : BackgroundService, IHealthCheck
{
    /// <summary>Above it the host is degraded.</summary>
    public static readonly TimeSpan WarningThreshold = TimeSpan.FromSeconds(1);

    /// <summary>Above it a starting host is not ready.</summary>
    public static readonly TimeSpan ReadinessThreshold = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMinutes(1);

    /// <summary>Interval while the difference has not been within <see cref="ReadinessThreshold"/> yet, and after a failure.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly Func<CancellationToken, Task<DateTimeOffset>> _getServerTime;
    private readonly TimeProvider _timeProvider;
    private bool _wasWithinLimit;
    private TimeSpan? _skew;

    /// <param name="getServerTime">Returns the server's time.</param>
    public ClockSkew(Func<CancellationToken, Task<DateTimeOffset>> getServerTime, TimeProvider timeProvider)
    {
        (_getServerTime, _timeProvider) = (getServerTime, timeProvider);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_clock_skew_seconds",
            () => _skew is { } skew ? [new Measurement<double>(skew.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            unit: "s",
            description: "How much the server's clock is ahead of this host's; negative when it is behind");
    }

    /// <summary>
    /// The minimum by which a server's clock is ahead; negative when it is behind. A server time between request and response proves no
    /// difference.
    /// </summary>
    public static TimeSpan Calculate(DateTimeOffset sent, DateTimeOffset server, DateTimeOffset received) =>
        server < sent ? server - sent : server > received ? server - received : TimeSpan.Zero;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var skew = _skew;
        var description = skew is null
            ? "not compared yet" : string.Create(CultureInfo.InvariantCulture, $"{skew.Value.TotalSeconds:0.000} s apart from the server");
        return Task.FromResult(
            skew is null || skew.Value.Duration() <= WarningThreshold ? HealthCheckResult.Healthy(description)
            : skew.Value.Duration() > ReadinessThreshold && !_wasWithinLimit ? HealthCheckResult.Unhealthy(description)
            : HealthCheckResult.Degraded(description));
    }

    /// <summary>Compares the clocks once.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var sent = _timeProvider.GetUtcNow();
        var server = await _getServerTime(cancellationToken);
        var skew = Calculate(sent, server, _timeProvider.GetUtcNow());
        _wasWithinLimit |= skew.Duration() <= ReadinessThreshold;
        _skew = skew;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = RetryInterval;
            try
            {
                await CompareAsync(stoppingToken);
                pause = _wasWithinLimit ? PollInterval : RetryInterval;
            }
#pragma warning disable CA1031 // Other health checks report an unavailable server; the comparison is repeated.
            catch (Exception)
#pragma warning restore CA1031
            {
                // Repeated after the pause.
            }

            await Task.Delay(pause, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
