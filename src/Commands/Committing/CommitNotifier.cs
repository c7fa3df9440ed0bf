using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Commands.Committing;

/// <summary>Notifies the projections of a commit. A lost notification delays them by at most one polling interval.</summary>
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
            // The projections also poll.
        }
    }
}
