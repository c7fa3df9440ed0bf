using MassTransit;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api;

/// <summary>Looks every second at what the Api depends on, and declares what callers may expect of it.</summary>
public sealed class ServiceStatus : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenFirstLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a start waits for a bus before the Api serves reads without one.</summary>
    private static readonly TimeSpan PatienceWithBus = TimeSpan.FromSeconds(20);

    /// <summary>How long a start waits for the caches.</summary>
    private static readonly TimeSpan PatienceWithCaches = TimeSpan.FromSeconds(2);

    private readonly Hops _hops;
    private readonly IBusControl _bus;
    private readonly Intake _intake;
    private readonly Progress _progress;
    private readonly Rehearsal _rehearsal;
    private readonly TimeProvider _time;
    private readonly ILogger<ServiceStatus> _log;
    private volatile Standing _standing;

    public ServiceStatus(Hops hops, IBusControl bus, Intake intake, Progress progress, Rehearsal rehearsal, TimeProvider time, ILogger<ServiceStatus> log)
    {
        (_hops, _bus, _intake, _progress, _rehearsal, _time, _log) = (hops, bus, intake, progress, rehearsal, time, log);
        _standing = new Standing(Level.Unavailable, time.GetUtcNow());
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_status", () => (int)_standing.Level, description: "0 normal, 1 degraded, 2 read-only, 3 unavailable");
    }

    public Standing Standing => _standing;

    /// <summary>Whether claims can be put onto the bus: it is connected, and confirms what it is given.</summary>
    public bool BusIsUp => _bus.CheckHealth().Status == BusHealthStatus.Healthy && !_intake.IsSilenced;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = await FirstLook(stoppingToken);
        await _rehearsal.Run(stoppingToken);
        _standing = new Standing(first, _time.GetUtcNow());
        Log.Declared(_log, _standing.Level.Name());
        while (true)
        {
            await Task.Delay(BetweenLooks, _time, stoppingToken);
            var before = _standing;
            _standing = before.After(await Look(stoppingToken), _time.GetUtcNow());
            if (_standing.Level != before.Level)
            {
                Log.Declared(_log, _standing.Level.Name());
            }
        }
    }

    // What has only just been started is not judged before it had time to connect.
    private async Task<Level> FirstLook(CancellationToken cancellation)
    {
        for (var since = _time.GetTimestamp(); ;)
        {
            var level = await Look(cancellation);
            var waited = _time.GetElapsedTime(since);
            if (level == Level.Normal || waited >= PatienceWithBus || (level == Level.Degraded && waited >= PatienceWithCaches))
            {
                return level;
            }

            await Task.Delay(BetweenFirstLooks, _time, cancellation);
        }
    }

    private async Task<Level> Look(CancellationToken cancellation)
    {
        await Task.WhenAll(_hops.Probe(cancellation), _progress.Look(cancellation));
        return Levels.Of(_hops.ToMemcached.IsUp, _hops.ToRedis.IsUp, BusIsUp, _progress.IsMoving);
    }
}
