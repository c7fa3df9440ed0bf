using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Hosting;

/// <summary>
/// Compares this host's clock with a server's, once a minute: the time of a claim is the time at which a host received it, so the
/// hosts' clocks must agree. A host that starts with a clock far off is not ready until the clock is set; later a warning is all,
/// for one server's clock must not take every host out.
/// </summary>
public sealed class ClockSkew : BackgroundService, IHealthCheck
{
    /// <summary>Beyond this the host is degraded.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromSeconds(1);

    /// <summary>Beyond this the host does not become ready.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>While the server does not answer, or the host waits for its clock to be set.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly Func<CancellationToken, Task<DateTimeOffset>> _askServer;
    private readonly TimeProvider _timeProvider;
    private bool _wasWithinLimit;
    private TimeSpan? _skew;

    /// <param name="askServer">Gives the server's time.</param>
    public ClockSkew(Func<CancellationToken, Task<DateTimeOffset>> askServer, TimeProvider timeProvider)
    {
        (_askServer, _timeProvider) = (askServer, timeProvider);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_clock_skew_seconds",
            () => _skew is { } skew ? [new Measurement<double>(skew.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            unit: "s",
            description: "How much the server's clock is ahead of this host's; negative when it is behind");
    }

    /// <summary>
    /// How much a server's clock is ahead, at the least: a time between the question and the answer proves no difference.
    /// </summary>
    public static TimeSpan Between(DateTimeOffset asked, DateTimeOffset server, DateTimeOffset answered) =>
        server < asked ? server - asked : server > answered ? server - answered : TimeSpan.Zero;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var skew = _skew;
        var words = skew is null
            ? "not compared yet" : string.Create(CultureInfo.InvariantCulture, $"{skew.Value.TotalSeconds:0.000} s apart from the server");
        return Task.FromResult(
            skew is null || skew.Value.Duration() <= Warning ? HealthCheckResult.Healthy(words)
            : skew.Value.Duration() > Limit && !_wasWithinLimit ? HealthCheckResult.Unhealthy(words)
            : HealthCheckResult.Degraded(words));
    }

    /// <summary>Compares once.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var asked = _timeProvider.GetUtcNow();
        var server = await _askServer(cancellationToken);
        var skew = Between(asked, server, _timeProvider.GetUtcNow());
        _wasWithinLimit |= skew.Duration() <= Limit;
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
                pause = _wasWithinLimit ? Interval : RetryInterval;
            }
#pragma warning disable CA1031 // A server that is away is told by those who need it; the comparison goes on when it is back.
            catch (Exception)
#pragma warning restore CA1031
            {
                // See above.
            }

            await Task.Delay(pause, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Adds the comparison to a host.</summary>
public static class ClockSkewRegistration
{
    /// <param name="askServer">Gives the time of a server that all hosts of this kind share.</param>
    public static IServiceCollection AddClockSkew(
        this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task<DateTimeOffset>> askServer)
    {
        services.AddSingleton(
            provider => new ClockSkew(cancellation => askServer(provider, cancellation), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<ClockSkew>());
        services.AddHealthChecks().AddCheck<ClockSkew>("clock");
        return services;
    }
}
