using MassTransit;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>Looks every second at what the Api depends on, and declares what callers may expect of it.</summary>
public sealed class ServiceStatus : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartupPollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a start waits for a bus before the Api serves reads without one.</summary>
    private static readonly TimeSpan BusStartTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How long a start waits for the caches.</summary>
    private static readonly TimeSpan CacheStartTimeout = TimeSpan.FromSeconds(2);

    private readonly CacheTiers _hops;
    private readonly IBusControl _bus;
    private readonly ClaimPublisher _intake;
    private readonly PipelineProgress _progress;
    private readonly ReadPathWarmUp _rehearsal;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ServiceStatus> _log;
    private volatile ServiceLevelState _standing;

    public ServiceStatus(
        CacheTiers hops, IBusControl bus, ClaimPublisher intake, PipelineProgress progress, ReadPathWarmUp rehearsal,
        TimeProvider timeProvider, ILogger<ServiceStatus> log)
    {
        (_hops, _bus, _intake, _progress, _rehearsal, _timeProvider, _log) = (hops, bus, intake, progress, rehearsal, timeProvider, log);
        _standing = new ServiceLevelState(ServiceLevel.Unavailable, timeProvider.GetUtcNow());
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_status", () => (int)_standing.Level, description: "0 normal, 1 degraded, 2 read-only, 3 unavailable");
    }

    public ServiceLevelState Standing => _standing;

    /// <summary>Whether claims can be put onto the bus: it is connected, and confirms what it is given.</summary>
    public bool BusIsUp => _bus.CheckHealth().Status == BusHealthStatus.Healthy && !_intake.IsBrokerUnresponsive;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = await FirstLookAsync(stoppingToken);
        await _rehearsal.RunAsync(stoppingToken);
        _standing = new ServiceLevelState(first, _timeProvider.GetUtcNow());
        ApiLog.Declared(_log, _standing.Level.Name());
        while (true)
        {
            await Task.Delay(PollInterval, _timeProvider, stoppingToken);
            var before = _standing;
            _standing = before.After(await LookAsync(stoppingToken), _timeProvider.GetUtcNow());
            if (_standing.Level != before.Level)
            {
                ApiLog.Declared(_log, _standing.Level.Name());
            }
        }
    }

    // What has only just been started is not judged before it had time to connect.
    private async Task<ServiceLevel> FirstLookAsync(CancellationToken cancellationToken)
    {
        for (var since = _timeProvider.GetTimestamp(); ;)
        {
            var level = await LookAsync(cancellationToken);
            var waited = _timeProvider.GetElapsedTime(since);
            if (level == ServiceLevel.Normal || waited >= BusStartTimeout
                || (level == ServiceLevel.Degraded && waited >= CacheStartTimeout))
            {
                return level;
            }

            await Task.Delay(StartupPollInterval, _timeProvider, cancellationToken);
        }
    }

    private async Task<ServiceLevel> LookAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_hops.ProbeAsync(cancellationToken), _progress.RefreshAsync(cancellationToken));
        return ServiceLevels.Of(_hops.MemcachedCalls.IsUp, _hops.RedisCalls.IsUp, BusIsUp, _progress.IsMoving);
    }
}
