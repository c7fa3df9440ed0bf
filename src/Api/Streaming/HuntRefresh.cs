using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Hunts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Keeps the state of a hunt's stream current. Its reads are the only ones for the hunt, whatever the number of clients: the whole hunt at
/// regular times, and the leaderboard when it has changed.
/// </summary>
/// <param name="read">Reads the whole hunt; null when it does not exist.</param>
/// <param name="readLeaderboard">Reads the first entries of its leaderboard.</param>
internal sealed class HuntRefresh(
    Func<CancellationToken, Task<HuntSnapshot?>> read, Func<CancellationToken, Task<Versioned<LeaderboardResponse>>> readLeaderboard,
    TimeProvider timeProvider)
{
    /// <summary>
    /// The shortest time between two reads of the leaderboard. In a busy sale it changes with every batch of awards.
    /// </summary>
    public static readonly TimeSpan LeaderboardInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The time between two reads. A read finds lost notifications, and changes by the clock.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The same for a hunt that is over.</summary>
    private static readonly TimeSpan ClosedHuntReadInterval = TimeSpan.FromMinutes(1);

    /// <summary>How old the last read may be, when reads fail, until the clients are told that their state is not current.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the first read is retried: a browser does not reconnect after a 503 (WHATWG HTML, section 9.2.3).
    /// </summary>
    private static readonly TimeSpan FirstReadTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstReadRetryInterval = TimeSpan.FromMilliseconds(250);

    private volatile bool _isHuntOver;
    private volatile bool _hasFailed;
    private volatile bool _isLeaderboardDue;
    private long _readAt;
    private long _leaderboardReadAt;
    private DateTimeOffset _currentAt;
    private Task _reading = Task.CompletedTask;
    private Task _readingLeaderboard = Task.CompletedTask;

    /// <summary>The state; null until <see cref="LoadAsync"/> has completed.</summary>
    public HuntStreamState? State { get; private set; }

    /// <summary>Whether the leaderboard has changed since its last read.</summary>
    public bool IsLeaderboardDue => _isLeaderboardDue;

    /// <summary>Reads the hunt for the first time; false when it does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis did not answer, nor on retries.</exception>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await ReadFirstAsync(cancellationToken) is not { } snapshot)
        {
            return false;
        }

        _currentAt = timeProvider.GetUtcNow();
        _readAt = _leaderboardReadAt = timeProvider.GetTimestamp();
        State = new HuntStreamState(snapshot, _currentAt);
        // Without its leaderboard the hunt is streamed all the same.
        await ReadLeaderboardAsync(cancellationToken);
        return true;
    }

    /// <summary>Requests a read of the leaderboard. Changes until the read begins are in its result.</summary>
    public void RequestLeaderboard() => _isLeaderboardDue = true;

    /// <summary>Starts the reads that are due. Only one thread calls it.</summary>
    /// <param name="onRead">Called after each read that may have changed the state.</param>
    public void StartDueReads(Action onRead, CancellationToken cancellationToken)
    {
        // The last read decides which interval applies: a hunt that closes is read once more after its end.
        if (_reading.IsCompleted
            && timeProvider.GetElapsedTime(_readAt) >= (_isHuntOver && !_hasFailed ? ClosedHuntReadInterval : ReadInterval))
        {
            _readAt = timeProvider.GetTimestamp();
            _reading = ReadAsync(onRead, cancellationToken);
            _isLeaderboardDue = true;
        }

        if (_isLeaderboardDue && _readingLeaderboard.IsCompleted
            && timeProvider.GetElapsedTime(_leaderboardReadAt) >= LeaderboardInterval)
        {
            _leaderboardReadAt = timeProvider.GetTimestamp();
            _isLeaderboardDue = false;
            _readingLeaderboard = ReadLeaderboardAsync(cancellationToken, onRead);
        }
    }

    private async Task<HuntSnapshot?> ReadFirstAsync(CancellationToken cancellationToken)
    {
        for (var start = timeProvider.GetTimestamp(); ;)
        {
            try
            {
                return await read(cancellationToken);
            }
            catch (ReadModelUnavailableException) when (timeProvider.GetElapsedTime(start) < FirstReadTimeout)
            {
                await Task.Delay(FirstReadRetryInterval, timeProvider, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(Action onRead, CancellationToken cancellationToken)
    {
        try
        {
            if (await read(cancellationToken) is { } snapshot)
            {
                _currentAt = timeProvider.GetUtcNow();
                State!.Apply(snapshot, _currentAt);
                (_isHuntOver, _hasFailed) = (State.IsOver(_currentAt), false);
                onRead();
            }
        }
        catch (ReadModelUnavailableException)
        {
            // The state and the id of its events stay as they are until a read succeeds.
            _hasFailed = true;
            if (timeProvider.GetUtcNow() - _currentAt >= StaleAfter)
            {
                State!.ReportStale(_currentAt);
                onRead();
            }
        }
    }

    private async Task ReadLeaderboardAsync(CancellationToken cancellationToken, Action? onRead = null)
    {
        try
        {
            State!.Apply(await readLeaderboard(cancellationToken));
            onRead?.Invoke();
        }
        catch (ReadModelUnavailableException)
        {
            // The next regular read of the hunt is followed by another one of the leaderboard.
        }
    }
}
