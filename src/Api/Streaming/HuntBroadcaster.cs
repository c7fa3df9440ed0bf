using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// A hunt and all clients of this process that watch it. One task writes to all of them in turn: a client costs no timer and no
/// task of its own, and however many changes come, there is one round for them.
/// </summary>
/// <param name="read">Reads all that there is of the hunt; null when there is none.</param>
public sealed class HuntBroadcaster(Func<CancellationToken, Task<HuntReading?>> read, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Shortest time between two rounds.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest time between two rounds: heartbeats and slow clients are noticed in them.</summary>
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(1);

    /// <summary>Between two readings. They bring what got lost on the way, and what changes by the clock.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The same for a hunt that is over.</summary>
    private static readonly TimeSpan ClosedHuntReadInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the first reading is tried again: a browser that is answered 503 once never comes back by itself (WHATWG HTML, section
    /// 9.2.3).
    /// </summary>
    private static readonly TimeSpan FirstReadTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the board is kept up to date for nobody.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A round's length times this is the rest after it: thousands of clients get fewer rounds, and claims keep the processors.
    /// </summary>
    private const int RestFactor = 4;

    /// <summary>Writes in a row before others may have the thread.</summary>
    private const int MaxConsecutiveWrites = 64;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly HashSet<SseSubscriber> _watchers = [];
    private readonly List<SseSubscriber> _round = [];
    private HuntStreamState? _board;
    private long _lastWatched = timeProvider.GetTimestamp();
    private volatile bool _wasOver;
    private bool _over;

    /// <summary>The board; null until <see cref="OpenAsync"/> has ended.</summary>
    public HuntStreamState? Board => _board;

    /// <summary>Reads the hunt for the first time; false when there is none.</summary>
    /// <exception cref="ReadModelUnavailableException">No cache answers, and none did when it was tried again.</exception>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadFirstAsync(cancellationToken);
        _board = snapshot is null ? null : new HuntStreamState(snapshot, timeProvider.GetUtcNow());
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
            _lastWatched = timeProvider.GetTimestamp();
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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var readAt = timeProvider.GetTimestamp();
        var reading = Task.CompletedTask;
        while (!Ends())
        {
            await _wake.WaitAsync(MaxInterval, cancellationToken);
            // What the last reading showed counts: a hunt that closes is read once more after its end.
            if (reading.IsCompleted && timeProvider.GetElapsedTime(readAt) >= (_wasOver ? ClosedHuntReadInterval : ReadInterval))
            {
                readAt = timeProvider.GetTimestamp();
                reading = ReadAsync(cancellationToken);
            }

            var started = timeProvider.GetTimestamp();
            await RoundAsync();
            var rest = timeProvider.GetElapsedTime(started) * RestFactor;
            await Task.Delay(rest > MinInterval ? rest : MinInterval, timeProvider, cancellationToken);
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

    private async Task<HuntReading?> ReadFirstAsync(CancellationToken cancellationToken)
    {
        for (var start = timeProvider.GetTimestamp(); ;)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (ReadModelUnavailableException) when (timeProvider.GetElapsedTime(start) < FirstReadTimeout)
            {
                await Task.Delay(RetryInterval, timeProvider, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await read(cancellationToken) is { } snapshot)
            {
                var now = timeProvider.GetUtcNow();
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

    private async Task RoundAsync()
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
            return _over = _watchers.Count == 0 && timeProvider.GetElapsedTime(_lastWatched) > IdleTimeout;
        }
    }
}
