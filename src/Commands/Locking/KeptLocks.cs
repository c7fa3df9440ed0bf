namespace TreasureHunt.Commands.Locking;

/// <summary>
/// Keeps a released lock for a short time, so that the next user of the same name in this process needs no round trip. Each lock has one
/// user at a time. A lock for which another user of this process waits is not kept.
/// </summary>
/// <param name="acquire">Acquires a lock, or returns one that is not held.</param>
/// <param name="keepTime">How long an unused lock is kept, at least; twice this time at most.</param>
internal sealed class KeptLocks<TLock> : IAsyncDisposable
    where TLock : IAsyncDisposable
{
    private readonly Func<string, CancellationToken, Task<TLock>> _acquire;
    private readonly Func<TLock, bool> _isHeld;
    private readonly TimeSpan _keepTime;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptLock> _unused = [];
    private readonly Dictionary<string, int> _waiting = [];
    private readonly ITimer _timer;
    private bool _isDisposed;

    public KeptLocks(
        Func<string, CancellationToken, Task<TLock>> acquire, Func<TLock, bool> isHeld, TimeSpan keepTime, TimeProvider timeProvider)
    {
        (_acquire, _isHeld, _keepTime, _timeProvider) = (acquire, isHeld, keepTime, timeProvider);
        _timer = timeProvider.CreateTimer(_ => _ = ReleaseUnusedAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task<TLock> TakeAsync(string name, CancellationToken cancellationToken)
    {
        KeptLock kept;
        bool isLost;
        lock (_lock)
        {
            isLost = _unused.Remove(name, out kept);
            if (isLost && _isHeld(kept.Lock))
            {
                return kept.Lock;
            }

            _waiting[name] = _waiting.GetValueOrDefault(name) + 1;
        }

        try
        {
            if (isLost)
            {
                await kept.Lock.DisposeAsync();
            }

            return await _acquire(name, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                if (--_waiting[name] == 0)
                {
                    _waiting.Remove(name);
                }
            }
        }
    }

    public async ValueTask ReleaseAsync(string name, TLock taken)
    {
        if (!TryKeep(name, taken))
        {
            await taken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<TLock> unused;
        lock (_lock)
        {
            _isDisposed = true;
            unused = [.. _unused.Values.Select(kept => kept.Lock)];
            _unused.Clear();
        }

        await _timer.DisposeAsync();
        await ReleaseAsync(unused);
    }

    private bool TryKeep(string name, TLock taken)
    {
        lock (_lock)
        {
            if (_isDisposed || !_isHeld(taken) || _waiting.ContainsKey(name) || !_unused.TryAdd(name, new(taken, Now)))
            {
                return false;
            }

            if (_unused.Count == 1)
            {
                _timer.Change(_keepTime, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    private Task ReleaseUnusedAsync()
    {
        List<KeyValuePair<string, KeptLock>> old;
        lock (_lock)
        {
            old = _unused.Where(kept => _timeProvider.GetElapsedTime(kept.Value.Since, Now) >= _keepTime).ToList();
            old.ForEach(kept => _unused.Remove(kept.Key));
            if (_unused.Count > 0 && !_isDisposed)
            {
                _timer.Change(_keepTime, Timeout.InfiniteTimeSpan);
            }
        }

        return ReleaseAsync(old.Select(kept => kept.Value.Lock));
    }

    private static Task ReleaseAsync(IEnumerable<TLock> locks) => Task.WhenAll(locks.Select(kept => kept.DisposeAsync().AsTask()));

    private long Now => _timeProvider.GetTimestamp();

    private readonly record struct KeptLock(TLock Lock, long Since);
}
