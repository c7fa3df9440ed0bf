using StackExchange.Redis;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Commands;

/// <summary>Wakes the projections after a commit. A lost beat costs a polling interval, nothing else.</summary>
public sealed class Pulse(ReadModelRedis redis, Keys keys)
{
    private readonly RedisChannel _channel = RedisChannel.Literal(keys.Pulse);

    public void Beat()
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
