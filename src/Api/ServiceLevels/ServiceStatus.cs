using MassTransit;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>Checks the dependencies of the Api every second and determines its service level.</summary>
public sealed class ServiceStatus : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartCheckInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the start waits for RabbitMQ before the Api serves only reads.</summary>
    private static readonly TimeSpan BusStartTimeout = TimeSpan.FromSeconds(20);

    /// <summary>How long the start waits for the caches.</summary>
    private static readonly TimeSpan CacheStartTimeout = TimeSpan.FromSeconds(2);

    private readonly CacheTiers _tiers;
    private readonly IBusControl _bus;
    private readonly ClaimPublisher _publisher;
    private readonly PipelineProgress _progress;
    private readonly ReadPathWarmUp _warmUp;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<ServiceStatus> _logger;
    private volatile ServiceLevelState _state;

    public ServiceStatus(
        CacheTiers tiers, IBusControl bus, ClaimPublisher publisher, PipelineProgress progress, ReadPathWarmUp warmUp,
        TimeProvider timeProvider, ILogger<ServiceStatus> logger)
    {
        (_tiers, _bus, _publisher, _progress, _warmUp) = (tiers, bus, publisher, progress, warmUp);
        (_timeProvider, _logger) = (timeProvider, logger);
        _state = new ServiceLevelState(ServiceLevel.Unavailable, timeProvider.GetUtcNow());
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_status", () => (int)_state.Level, description: "0 normal, 1 degraded, 2 read-only, 3 unavailable");
    }

    public ServiceLevelState State => _state;

    /// <summary>Whether claims can be sent: the Api is connected to RabbitMQ, which confirms messages.</summary>
    public bool IsBusUp => _bus.CheckHealth().Status == BusHealthStatus.Healthy && !_publisher.IsBrokerUnresponsive;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = await CheckAtStartAsync(stoppingToken);
        await _warmUp.RunAsync(stoppingToken);
        _state = new ServiceLevelState(first, _timeProvider.GetUtcNow());
        _logger.ServiceLevelChanged(_state.Level.Name());
        while (true)
        {
            await Task.Delay(CheckInterval, _timeProvider, stoppingToken);
            var previous = _state;
            _state = previous.Next(await CheckAsync(stoppingToken), _timeProvider.GetUtcNow());
            if (_state.Level != previous.Level)
            {
                _logger.ServiceLevelChanged(_state.Level.Name());
            }
        }
    }

    // The connections get time to open before the first level counts.
    private async Task<ServiceLevel> CheckAtStartAsync(CancellationToken cancellationToken)
    {
        for (var since = _timeProvider.GetTimestamp(); ;)
        {
            var level = await CheckAsync(cancellationToken);
            var waited = _timeProvider.GetElapsedTime(since);
            if (level == ServiceLevel.Normal || waited >= BusStartTimeout
                || (level == ServiceLevel.Degraded && waited >= CacheStartTimeout))
            {
                return level;
            }

            await Task.Delay(StartCheckInterval, _timeProvider, cancellationToken);
        }
    }

    private async Task<ServiceLevel> CheckAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_tiers.ProbeAsync(cancellationToken), _progress.RefreshAsync(cancellationToken));
        return ServiceLevels.Of(_tiers.MemcachedCalls.IsUp, _tiers.RedisCalls.IsUp, IsBusUp, _progress.IsAdvancing);
    }
}
