using JasperFx.Events.Daemon.HighWater;
using StackExchange.Redis;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Projections;

/// <summary>
/// Wakes the daemon when a commit sends its pulse. A pulse that comes while nobody waits is remembered, and a lost one costs a
/// polling interval.
/// </summary>
public sealed class RedisWakeup : IDaemonWakeup
{
    private readonly SemaphoreSlim _pulse = new(0, 1);
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;

    public RedisWakeup(ReadModelRedis redis, Keys keys)
    {
        _subscriber = redis.Subscriber;
        _channel = RedisChannel.Literal(keys.Pulse);
        _subscriber.Subscribe(_channel, (_, _) => Wake(), CommandFlags.FireAndForget);
    }

    public Task WaitAsync(TimeSpan timeout, CancellationToken token) => _pulse.WaitAsync(timeout, token);

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
