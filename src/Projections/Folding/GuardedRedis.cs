using StackExchange.Redis;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Projections.Folding;

/// <summary>Writes to the read models that are safe to repeat and can come late: an older sequence never replaces a newer one.</summary>
public sealed class GuardedRedis(ReadModelRedis redis)
{
    private const string SetIfNewer =
        """
        local c = redis.call('GET', KEYS[1])
        if c then
          local v = tonumber(string.match(c, '^(%d+)|'))
          if v and v >= tonumber(ARGV[1]) then return 0 end
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """;

    // ARGV: sequence, member, increment, again and again. One sequence stands for all that has been counted.
    private const string CountIfNewer =
        """
        local v = tonumber(redis.call('GET', KEYS[2]) or '0')
        for i = 1, #ARGV, 3 do
          local s = tonumber(ARGV[i])
          if s > v then
            if tonumber(redis.call('ZINCRBY', KEYS[1], ARGV[i + 2], ARGV[i + 1])) <= 0 then
              redis.call('ZREM', KEYS[1], ARGV[i + 1])
            end
            v = s
          end
        end
        redis.call('SET', KEYS[2], string.format('%.0f', v))
        """;

    private IDatabase Database => redis.Database;

    /// <summary>Replaces a whole state, unless what is there is as new.</summary>
    public Task Set(string key, StampedValue value) =>
        Database.ScriptEvaluateAsync(SetIfNewer, [key], [value.Sequence, value.ToBytes()]);

    /// <summary>Adds to the scores of a sorted set, each change once. The two keys share a hash tag.</summary>
    /// <param name="changes">In order of their sequence.</param>
    public Task Count(string key, string sequenceKey, IEnumerable<(long Sequence, string Member, int Change)> changes) =>
        Database.ScriptEvaluateAsync(
            CountIfNewer, [key, sequenceKey], changes.SelectMany(change => new RedisValue[] { change.Sequence, change.Member, change.Change }).ToArray());

    /// <summary>Adds to a sorted set by sequence; adding again changes nothing.</summary>
    public Task Add(string key, string member, long sequence) => Database.SortedSetAddAsync(key, member, sequence);

    /// <summary>Remembers how far a read model has come, beside its data.</summary>
    public Task Progress(string key, long sequence) => Set(key, new StampedValue(sequence, ReadOnlyMemory<byte>.Empty));

    /// <summary>Tells whoever watches what was written. Nobody waits for it: who misses it reads it.</summary>
    public void Tell<TView>(string channel, IEnumerable<Folded<TView>> written)
        where TView : class
    {
        try
        {
            foreach (var folded in written)
            {
                redis.Subscriber.Publish(RedisChannel.Literal(channel), Stamp.Of(folded.Sequence, folded.View!).ToBytes(), CommandFlags.FireAndForget);
            }
        }
        catch (RedisException)
        {
            // The readers look again as well.
        }
    }
}
