using System.Diagnostics.Metrics;
using RedLockNet;
using RedLockNet.SERedis;
using RedLockNet.SERedis.Configuration;
using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Locking;

/// <summary>
/// A Redlock per treasure over independent Redis masters. It only prevents duplicate work of two workers: correctness depends on the stream
/// versions. A worker that cannot acquire the lock continues without it.
/// </summary>
public sealed class TreasureLock : IAsyncDisposable
{
    /// <summary>Time to live of a lock after its holder has crashed. RedLock.net renews it after half of this time.</summary>
    public static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(10);

    /// <summary>Maximum wait for another holder. After it the worker continues without the lock.</summary>
    private static readonly TimeSpan AcquireTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a lock is kept after its use. Twice this time is less than another worker waits for the lock.</summary>
    private static readonly TimeSpan KeepTime = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// A lock of this age is released after its use. RedLock.net renews a lock after half of its time to live, with blocking calls on
    /// threads of the pool: the renewals of many locks at once stop the worker for seconds.
    /// </summary>
    private static readonly TimeSpan MaxKeptAge = TimeSpan.FromSeconds(2);

    private static readonly Counter<long> NotAcquired = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_lock_missed", description: "Treasures decided without their lock, by status");

    private readonly List<ConnectionMultiplexer> _masters;
    private readonly RedLockFactory _factory;
    private readonly KeptLocks<HeldLock> _locks;
    private readonly TimeProvider _timeProvider;
    private readonly string _prefix;

    /// <param name="endpoints">The masters, separated by <c>;</c>.</param>
    /// <param name="prefix">Prefix of the keys: installations that share the masters have different prefixes.</param>
    public TreasureLock(string endpoints, string prefix, TimeProvider timeProvider)
    {
        _prefix = prefix;
        _timeProvider = timeProvider;
        _locks = new KeptLocks<HeldLock>(AcquireAsync, CanBeKept, KeepTime, timeProvider);
        _masters = endpoints.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Connect).ToList();
        _factory = RedLockFactory.Create(_masters.ConvertAll(master => new RedLockMultiplexer(master)));
    }

    /// <summary>The number of connected masters and of all masters.</summary>
    public (int Connected, int All) Masters => (_masters.Count(master => master.IsConnected), _masters.Count);

    /// <summary>
    /// Tries to acquire the locks of some treasures, each for at most a second. Disposing the result ends their use; an unused lock is
    /// released after a short time, because the next batch has claims of the same treasures.
    /// </summary>
    public async Task<IAsyncDisposable> TakeAsync(IReadOnlyList<string> treasureIds, CancellationToken cancellationToken) =>
        new TreasureLocks(
            _locks, treasureIds, await Task.WhenAll(treasureIds.Select(treasureId => _locks.TakeAsync(treasureId, cancellationToken))));

    public async ValueTask DisposeAsync()
    {
        await _locks.DisposeAsync();
        _factory.Dispose();
        foreach (var master in _masters)
        {
            await master.DisposeAsync();
        }
    }

    private bool CanBeKept(HeldLock held) =>
        held.Lock.IsAcquired && _timeProvider.GetElapsedTime(held.AcquiredAt) < MaxKeptAge;

    private async Task<HeldLock> AcquireAsync(string treasureId, CancellationToken cancellationToken)
    {
        var redlock = await _factory.CreateLockAsync(
            $"{_prefix}:lock:{treasureId}", LockTtl, AcquireTimeout, RetryInterval, cancellationToken);
        if (!redlock.IsAcquired)
        {
            NotAcquired.Add(1, new KeyValuePair<string, object?>("status", redlock.Status.ToString()));
        }

        return new HeldLock(redlock, _timeProvider.GetTimestamp());
    }

    private static ConnectionMultiplexer Connect(string endpoint)
    {
        var options = RedisOptions.Parse(endpoint);
        // A master that does not answer delays each attempt by both of these times: a timeout is detected at the next heartbeat, whose
        // default interval is one second.
        options.SyncTimeout = options.AsyncTimeout = 100;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(50);
        return ConnectionMultiplexer.Connect(options);
    }

    private sealed class TreasureLocks(KeptLocks<HeldLock> kept, IReadOnlyList<string> treasureIds, HeldLock[] locks) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() =>
            await Task.WhenAll(locks.Select((held, n) => kept.ReleaseAsync(treasureIds[n], held).AsTask()));
    }

    private sealed class HeldLock(IRedLock redlock, long acquiredAt) : IAsyncDisposable
    {
        public IRedLock Lock => redlock;

        public long AcquiredAt => acquiredAt;

        public ValueTask DisposeAsync() => redlock.DisposeAsync();
    }
}
