using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Hunts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Sends the state of a hunt to all clients of this process. One task writes to all of them in turn: a client has no timer and no task of
/// its own, and several changes are sent in one round.
/// </summary>
/// <param name="read">Reads the whole hunt; null when it does not exist.</param>
/// <param name="readLeaderboard">Reads the first entries of its leaderboard.</param>
public sealed class HuntBroadcaster(
    Func<CancellationToken, Task<HuntSnapshot?>> read, Func<CancellationToken, Task<Versioned<LeaderboardResponse>>> readLeaderboard,
    TimeProvider timeProvider)
    : IDisposable
{
    /// <summary>The shortest time between two rounds.</summary>
    private static readonly TimeSpan MinRoundInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two rounds: a round also sends heartbeats and finds slow clients.</summary>
    private static readonly TimeSpan MaxRoundInterval = TimeSpan.FromSeconds(1);

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
    private readonly HuntRefresh _refresh = new(read, readLeaderboard, timeProvider);

    /// <summary>The state; null until <see cref="LoadAsync"/> has completed.</summary>
    public HuntStreamState? State => _refresh.State;

    /// <summary>Reads the hunt for the first time; false when it does not exist.</summary>
    /// <exception cref="ReadModelUnavailableException">Redis did not answer, nor on retries.</exception>
    public Task<bool> LoadAsync(CancellationToken cancellationToken) => _refresh.LoadAsync(cancellationToken);

    /// <summary>Adds a client that resumes at a token; false when this hunt is no longer followed.</summary>
    /// <param name="preamble">Bytes that the client gets before the events.</param>
    public bool TrySubscribe(SseSubscriber subscriber, ReadOnlySpan<byte> preamble, ResumeToken token)
    {
        if (!_subscribers.TryAdd(subscriber))
        {
            return false;
        }

        subscriber.Start(preamble, State!.ChangesAfter(token));
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

    /// <summary>Reads the leaderboard and starts the next round soon.</summary>
    public void NotifyLeaderboardChanged()
    {
        _refresh.RequestLeaderboard();
        NotifyChanged();
    }

    /// <summary>Reads the hunt and sends changes until it has had no client for <see cref="IdleTimeout"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!_subscribers.CloseIfIdle(IdleTimeout))
        {
            await _subscribers.WaitForChangeAsync(
                _refresh.IsLeaderboardDue ? HuntRefresh.LeaderboardInterval : MaxRoundInterval, cancellationToken);
            _refresh.StartDueReads(NotifyChanged, cancellationToken);
            var startedAt = timeProvider.GetTimestamp();
            await SendRoundAsync();
            var pause = timeProvider.GetElapsedTime(startedAt) * PauseFactor;
            await Task.Delay(pause > MinRoundInterval ? pause : MinRoundInterval, timeProvider, cancellationToken);
        }
    }

    public void Dispose() => _subscribers.Dispose();

    private async Task SendRoundAsync()
    {
        _subscribers.CopyTo(_round);
        for (var n = 0; n < _round.Count; n++)
        {
            _round[n].SendChanges(State!);
            if (n % MaxConsecutiveWrites == MaxConsecutiveWrites - 1)
            {
                await Task.Yield();
            }
        }

        _round.Clear();
    }
}
