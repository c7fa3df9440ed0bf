using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// A hunt and all clients of this process that watch it. One task writes to all of them in turn: a client costs no timer and no
/// task of its own, and however many changes come, there is one round for them.
/// </summary>
/// <param name="read">Reads all that there is of the hunt; null when there is none.</param>
public sealed class HuntBroadcaster(Func<CancellationToken, Task<HuntReading?>> read, TimeProvider time) : IDisposable
{
    /// <summary>Shortest time between two rounds.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest time between two rounds: heartbeats and slow clients are noticed in them.</summary>
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(1);

    /// <summary>Between two readings. They bring what got lost on the way, and what changes by the clock.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The same for a hunt that is over.</summary>
    private static readonly TimeSpan ClosedHuntReadInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long the first reading is tried again: a browser that is answered 503 once never comes back by itself (WHATWG HTML, section 9.2.3).</summary>
    private static readonly TimeSpan FirstReadTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the board is kept up to date for nobody.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A round's length times this is the rest after it: thousands of clients get fewer rounds, and claims keep the processors.</summary>
    private const int RestFactor = 4;

    /// <summary>Writes in a row before others may have the thread.</summary>
    private const int MaxConsecutiveWrites = 64;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly HashSet<SseSubscriber> _watchers = [];
    private readonly List<SseSubscriber> _round = [];
    private HuntStreamState? _board;
    private long _lastWatched = time.GetTimestamp();
    private volatile bool _wasOver;
    private bool _over;

    /// <summary>The board; null until <see cref="Open"/> has ended.</summary>
    public HuntStreamState? Board => _board;

    /// <summary>Reads the hunt for the first time; false when there is none.</summary>
    /// <exception cref="ReadModelUnavailableException">No cache answers, and none did when it was tried again.</exception>
    public async Task<bool> Open(CancellationToken cancellation)
    {
        var snapshot = await ReadFirst(cancellation);
        _board = snapshot is null ? null : new HuntStreamState(snapshot, time.GetUtcNow());
        return _board is not null;
    }

    /// <summary>Lets a client watch from where it was told to; false when this hunt is not watched any more.</summary>
    public bool TryJoin(SseSubscriber watcher, ReadOnlySpan<byte> before, ResumeToken point)
    {
        lock (_lock)
        {
            if (_over)
            {
                return false;
            }

            _watchers.Add(watcher);
        }

        watcher.Begin(before, _board!.After(point));
        return true;
    }

    /// <summary>No more writes to this client.</summary>
    public void Leave(SseSubscriber watcher)
    {
        watcher.Leave();
        lock (_lock)
        {
            _watchers.Remove(watcher);
            _lastWatched = time.GetTimestamp();
        }
    }

    /// <summary>Something changed on the board.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (!_over && _wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    /// <summary>Keeps the board and its clients up to date until nobody has watched for a while.</summary>
    public async Task Run(CancellationToken stop)
    {
        var readAt = time.GetTimestamp();
        var reading = Task.CompletedTask;
        while (!Ends())
        {
            await _wake.WaitAsync(MaxInterval, stop);
            // What the last reading showed counts: a hunt that closes is read once more after its end.
            if (reading.IsCompleted && time.GetElapsedTime(readAt) >= (_wasOver ? ClosedHuntReadInterval : ReadInterval))
            {
                readAt = time.GetTimestamp();
                reading = Read(stop);
            }

            var started = time.GetTimestamp();
            await Round();
            var rest = time.GetElapsedTime(started) * RestFactor;
            await Task.Delay(rest > MinInterval ? rest : MinInterval, time, stop);
        }
    }

    /// <summary>Ends it with the streams that it still has: whatever ended it, they come back to a fresh one.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _over = true;
            _wake.Dispose();
            foreach (var watcher in _watchers)
            {
                watcher.Leave();
            }
        }
    }

    private async Task<HuntReading?> ReadFirst(CancellationToken cancellation)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                return await read(cancellation);
            }
            catch (ReadModelUnavailableException) when (time.GetElapsedTime(start) < FirstReadTimeout)
            {
                await Task.Delay(RetryInterval, time, cancellation);
            }
        }
    }

    private async Task Read(CancellationToken stop)
    {
        try
        {
            if (await read(stop) is { } snapshot)
            {
                var now = time.GetUtcNow();
                _board!.Take(snapshot, now);
                _wasOver = _board.IsOver(now);
                Wake();
            }
        }
        catch (ReadModelUnavailableException)
        {
            // The board stays as it is, and so does its id, until a reading succeeds.
        }
    }

    private async Task Round()
    {
        lock (_lock)
        {
            _round.AddRange(_watchers);
        }

        for (var n = 0; n < _round.Count; n++)
        {
            _round[n].Push(_board!);
            if (n % MaxConsecutiveWrites == MaxConsecutiveWrites - 1)
            {
                await Task.Yield();
            }
        }

        _round.Clear();
    }

    private bool Ends()
    {
        lock (_lock)
        {
            return _over = _watchers.Count == 0 && time.GetElapsedTime(_lastWatched) > IdleTimeout;
        }
    }
}
