using System.Diagnostics.Metrics;
using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Locking;

/// <summary>
/// A Redlock per treasure over independent Redis masters. It keeps two workers from doing the same work at once, nothing
/// more: the stream version decides who is right. Whoever cannot get it carries on without it.
/// </summary>
public sealed class TreasureLock : IAsyncDisposable
{
    /// <summary>How long a lock lives when its holder dies. RedLock.net renews it at half of that.</summary>
    public static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for another holder before carrying on without the lock.</summary>
    private static readonly TimeSpan AcquireTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    private static readonly Counter<long> Missed = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_lock_missed", description: "Treasures decided without their lock, by status");

    private readonly List<ConnectionMultiplexer> _masters;
    private readonly RedLockFactory _factory;
    private readonly string _prefix;

    /// <param name="endpoints">The masters, <c>;</c> between them.</param>
    /// <param name="prefix">Sets installations that share the masters apart.</param>
    public TreasureLock(string endpoints, string prefix)
    {
        _prefix = prefix;
        _masters = endpoints.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Connect).ToList();
        _factory = RedLockFactory.Create(_masters.ConvertAll(master => new RedLockMultiplexer(master)));
    }

    /// <summary>Masters that answer, of all.</summary>
    public (int Connected, int All) Masters => (_masters.Count(master => master.IsConnected), _masters.Count);

    /// <summary>Takes the locks of some treasures, or gives up on one or the other soon. Disposing the result gives them back.</summary>
    public async Task<IAsyncDisposable> TakeAsync(IEnumerable<string> treasureIds, CancellationToken cancellationToken) =>
        new Held(await Task.WhenAll(treasureIds.Select(treasureId => TakeAsync(treasureId, cancellationToken))));

    public async ValueTask DisposeAsync()
    {
        _factory.Dispose();
        foreach (var master in _masters)
        {
            await master.DisposeAsync();
        }
    }

    private async Task<IRedLock> TakeAsync(string treasureId, CancellationToken cancellationToken)
    {
        var redlock = await _factory.CreateLockAsync($"{_prefix}:lock:{treasureId}", LockTtl, AcquireTimeout, Retry, cancellationToken);
        if (!redlock.IsAcquired)
        {
            Missed.Add(1, new KeyValuePair<string, object?>("status", redlock.Status.ToString()));
        }

        return redlock;
    }

    private static ConnectionMultiplexer Connect(string endpoint)
    {
        var options = RedisOptions.Parse(endpoint);
        // One frozen master delays each attempt by both of these: a timeout is noticed at the next heartbeat, which comes once a second by
        // default.
        options.SyncTimeout = options.AsyncTimeout = 100;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        return ConnectionMultiplexer.Connect(options);
    }

    private sealed class Held(IRedLock[] locks) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.WhenAll(locks.Select(redlock => redlock.DisposeAsync().AsTask()));
    }
}
