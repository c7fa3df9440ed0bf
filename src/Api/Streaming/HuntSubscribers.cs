namespace TreasureHunt.Api.Streaming;

/// <summary>The clients of one hunt.</summary>
internal sealed class HuntSubscribers(TimeProvider timeProvider) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly HashSet<SseSubscriber> _subscribers = [];
    private long _lastUsedAt = timeProvider.GetTimestamp();
    private bool _isClosed;

    /// <summary>Adds a client; false when the hunt is no longer followed.</summary>
    public bool TryAdd(SseSubscriber subscriber)
    {
        lock (_lock)
        {
            return !_isClosed && _subscribers.Add(subscriber);
        }
    }

    public void Remove(SseSubscriber subscriber)
    {
        lock (_lock)
        {
            _subscribers.Remove(subscriber);
            _lastUsedAt = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Ends <see cref="WaitForChangeAsync"/>.</summary>
    public void NotifyChanged()
    {
        lock (_lock)
        {
            if (!_isClosed && _changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    public Task WaitForChangeAsync(TimeSpan timeout, CancellationToken cancellationToken) => _changed.WaitAsync(timeout, cancellationToken);

    public void CopyTo(List<SseSubscriber> target)
    {
        lock (_lock)
        {
            target.AddRange(_subscribers);
        }
    }

    /// <summary>Refuses new clients when there has been no client for a time. Returns whether it does.</summary>
    public bool CloseIfIdle(TimeSpan idleTimeout)
    {
        lock (_lock)
        {
            return _isClosed = _subscribers.Count == 0 && timeProvider.GetElapsedTime(_lastUsedAt) > idleTimeout;
        }
    }

    /// <summary>Closes the streams of all clients. Each client reconnects and is then added to a new broadcaster.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _changed.Dispose();
            foreach (var subscriber in _subscribers)
            {
                subscriber.Close();
            }
        }
    }
}
