using JasperFx.Events.Daemon.HighWater;
using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>Wakes the daemon when a commit notification arrives. A lost one delays the daemon by one polling interval.</summary>
public sealed class CommitSubscriber : IDaemonWakeup
{
    private readonly RoundPacer _pacer;
    private readonly ISubscriber _subscriber;
    private readonly RedisChannel _channel;

    public CommitSubscriber(ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider)
    {
        _pacer = new RoundPacer(timeProvider);
        _subscriber = redis.Subscriber;
        _channel = RedisChannel.Literal(keys.CommitChannel);
        _subscriber.Subscribe(_channel, (_, _) => _pacer.Notify(), CommandFlags.FireAndForget);
    }

    public Task WaitAsync(TimeSpan timeout, CancellationToken token) => _pacer.WaitAsync(timeout, token);

    public void Dispose()
    {
        _subscriber.Unsubscribe(_channel, flags: CommandFlags.FireAndForget);
        _pacer.Dispose();
    }
}
