using JasperFx.Events.Daemon.HighWater;
using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Wakes the daemon when a commit sends its pulse. A pulse that comes while nobody waits is remembered, and a lost one costs a
/// polling interval.
/// </summary>
public sealed class CommitSubscriber : IDaemonWakeup
{
    /// <summary>
    /// Shortest time between two rounds. A lone commit is told at once; under load a round takes what has gathered since the
    /// last one, instead of reading five times for each commit.
    /// </summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(120);

    private readonly SemaphoreSlim _pulse = new(0, 1);
    private readonly TimeProvider _timeProvider;
    private long _lastRound;
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;

    public CommitSubscriber(ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _subscriber = redis.Subscriber;
        _channel = RedisChannel.Literal(keys.CommitChannel);
        _subscriber.Subscribe(_channel, (_, _) => Wake(), CommandFlags.FireAndForget);
    }

    public async Task WaitAsync(TimeSpan timeout, CancellationToken token)
    {
        await _pulse.WaitAsync(timeout, token);
        var early = MinInterval - _timeProvider.GetElapsedTime(_lastRound);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, _timeProvider, token);
        }

        _lastRound = _timeProvider.GetTimestamp();
    }

    public void Dispose()
    {
        _subscriber.Unsubscribe(_channel, flags: CommandFlags.FireAndForget);
        _pulse.Dispose();
    }

    private void Wake()
    {
        try
        {
            _pulse.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already, or going down.
        }
    }
}
