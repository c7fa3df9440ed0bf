using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Sends the state of a hunt to all clients of this process. One task writes to all of them in turn: a client has no timer and no task of
/// its own, and several changes are sent in one round.
/// </summary>
/// <param name="read">Reads the whole hunt; null when it does not exist.</param>
public sealed class HuntBroadcaster(Func<CancellationToken, Task<HuntSnapshot?>> read, TimeProvider timeProvider) : IDisposable
{
    /// <summary>The shortest time between two rounds.</summary>
    private static readonly TimeSpan MinRoundInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two rounds: a round also sends heartbeats and finds slow clients.</summary>
    private static readonly TimeSpan MaxRoundInterval = TimeSpan.FromSeconds(1);

    /// <summary>The time between two reads. A read finds lost notifications, and changes by the clock.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(2);

    /// <summary>The same for a hunt that is over.</summary>
    private static readonly TimeSpan ClosedHuntReadInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the first read is retried: a browser does not reconnect after a 503 (WHATWG HTML, section 9.2.3).
    /// </summary>
    private static readonly TimeSpan FirstReadTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstReadRetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a hunt without clients is followed.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The pause after a round, in lengths of the round. With thousands of clients there are fewer rounds, and the processors stay free
    /// for claims.
    /// </summary>
    private const int PauseFactor = 4;

    /// <summary>Writes in a row before the thread is yielded.</summary>
    private const int MaxConsecutiveWrites = 64;

    private readonly HuntSubscribers _subscribers = new(timeProvider);
    private readonly List<SseSubscriber> _round = [];
    private HuntStreamState? _state;
    private volatile bool _isHuntOver;

    /// <summary>The state; null until <see cref="LoadAsync"/> has completed.</summary>
    public HuntStreamState? State => _state;

    /// <summary>Reads the hunt for the first time; false when it does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis did not answer, nor on retries.</exception>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadFirstAsync(cancellationToken);
        _state = snapshot is null ? null : new HuntStreamState(snapshot, timeProvider.GetUtcNow());
        return _state is not null;
    }

    /// <summary>Adds a client that resumes at a token; false when this hunt is no longer followed.</summary>
    /// <param name="preamble">Bytes that the client gets before the events.</param>
    public bool TrySubscribe(SseSubscriber subscriber, ReadOnlySpan<byte> preamble, ResumeToken token)
    {
        if (!_subscribers.TryAdd(subscriber))
        {
            return false;
        }

        subscriber.Start(preamble, _state!.ChangesAfter(token));
        return true;
    }

    /// <summary>Removes a client. Nothing is written to it afterwards.</summary>
    public void Unsubscribe(SseSubscriber subscriber)
    {
        subscriber.Close();
        _subscribers.Remove(subscriber);
    }

    /// <summary>Starts the next round soon: the state has changed.</summary>
    public void NotifyChanged() => _subscribers.NotifyChanged();

    /// <summary>Reads the hunt and sends changes until it has had no client for <see cref="IdleTimeout"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var readAt = timeProvider.GetTimestamp();
        var reading = Task.CompletedTask;
        while (!_subscribers.CloseIfIdle(IdleTimeout))
        {
            await _subscribers.WaitForChangeAsync(MaxRoundInterval, cancellationToken);
            // The last read decides which interval applies: a hunt that closes is read once more after its end.
            if (reading.IsCompleted && timeProvider.GetElapsedTime(readAt) >= (_isHuntOver ? ClosedHuntReadInterval : ReadInterval))
            {
                readAt = timeProvider.GetTimestamp();
                reading = ReadAsync(cancellationToken);
            }

            var startedAt = timeProvider.GetTimestamp();
            await SendRoundAsync();
            var pause = timeProvider.GetElapsedTime(startedAt) * PauseFactor;
            await Task.Delay(pause > MinRoundInterval ? pause : MinRoundInterval, timeProvider, cancellationToken);
        }
    }

    public void Dispose() => _subscribers.Dispose();

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

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await read(cancellationToken) is { } snapshot)
            {
                var now = timeProvider.GetUtcNow();
                _state!.Apply(snapshot, now);
                _isHuntOver = _state.IsOver(now);
                NotifyChanged();
            }
        }
        catch (ReadModelUnavailableException)
        {
            // The state and the id of its events stay as they are until a read succeeds.
        }
    }

    private async Task SendRoundAsync()
    {
        _subscribers.CopyTo(_round);
        for (var n = 0; n < _round.Count; n++)
        {
            _round[n].SendChanges(_state!);
            if (n % MaxConsecutiveWrites == MaxConsecutiveWrites - 1)
            {
                await Task.Yield();
            }
        }

        _round.Clear();
    }
}
