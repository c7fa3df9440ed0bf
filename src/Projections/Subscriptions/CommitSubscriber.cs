using JasperFx.Events.Daemon.HighWater;
using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Wakes the daemon when a commit notification arrives. A notification that arrives while the daemon is busy wakes it afterwards.
/// A lost one delays the daemon by one polling interval.
/// </summary>
public sealed class CommitSubscriber : IDaemonWakeup
{
    /// <summary>
    /// Minimum time between two rounds of the daemon. A single commit is projected at once. Under load, one round takes all events
    /// since the last round, instead of five queries for each commit.
    /// </summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(120);

    private readonly SemaphoreSlim _notified = new(0, 1);
    private readonly TimeProvider _timeProvider;
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;
    private long _lastRound;

    public CommitSubscriber(ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _subscriber = redis.Subscriber;
        _channel = RedisChannel.Literal(keys.CommitChannel);
        _subscriber.Subscribe(_channel, (_, _) => WakeDaemon(), CommandFlags.FireAndForget);
    }

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        await _notified.WaitAsync(timeout, token);
        var remaining = MinInterval - _timeProvider.GetElapsedTime(_lastRound);
        if (remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, _timeProvider, token);
        }

        _lastRound = _timeProvider.GetTimestamp();
    }

    public void Dispose()
    {
        _subscriber.Unsubscribe(_channel, flags: CommandFlags.FireAndForget);
        _notified.Dispose();
    }

    private void WakeDaemon()
    {
        try
        {
            _notified.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // The daemon is awake already, or the host stops.
        }
    }
}
