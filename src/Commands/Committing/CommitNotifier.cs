using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Commands.Committing;

/// <summary>Notifies the projections of a commit. A lost notification costs a polling interval, nothing else.</summary>
public sealed class CommitNotifier(ReadModelRedis redis, ReadModelKeys keys)
{
    private readonly RedisChannel _channel = RedisChannel.Literal(keys.CommitChannel);

    public void Notify()
    {
        try
        {
            redis.Subscriber.Publish(_channel, RedisValue.EmptyString, CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            // The projections poll as well.
        }
    }
}
