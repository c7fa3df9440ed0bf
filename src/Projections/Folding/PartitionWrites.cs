using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Projections.Folding;

/// <summary>
/// What a page changes in Redis: one script a partition, which moves the partition's marker with the data. A page that comes
/// twice, or too late, changes nothing, and a partition that lost something refuses what comes after the loss.
/// </summary>
/// <param name="live">Whether readers see the generation. What belongs to all generations is the live one's to take away, and to tell.</param>
public sealed class PartitionWrites(GenerationKeys keys, bool live)
{
    // KEYS: marker, then a key a write. ARGV: after, up to, then kind, sequence, value, member for each write.
    private const string Script =
        """
        local marker = redis.call('GET', KEYS[1])
        if not marker then
          if ARGV[1] ~= '0' then return -1 end
          marker = '0'
          redis.call('SET', KEYS[1], marker)
        end
        marker = tonumber(marker)
        if marker < tonumber(ARGV[1]) then return -1 end
        if marker >= tonumber(ARGV[2]) then return 0 end
        local a = 3
        for i = 2, #KEYS do
          if tonumber(ARGV[a + 1]) > marker then
            local kind = ARGV[a]
            if kind == 's' then
              redis.call('SET', KEYS[i], ARGV[a + 2])
            elseif kind == 'a' then
              redis.call('ZADD', KEYS[i], ARGV[a + 1], ARGV[a + 3])
            elseif kind == 'c' then
              if tonumber(redis.call('ZINCRBY', KEYS[i], ARGV[a + 2], ARGV[a + 3])) <= 0 then
                redis.call('ZREM', KEYS[i], ARGV[a + 3])
              end
            else
              redis.call('DEL', KEYS[i])
            end
          end
          a = a + 4
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """;

    private readonly List<(string Channel, byte[] Value)> _news = [];
    private readonly List<RedisKey>[] _keys = new List<RedisKey>[Partitions.Count];
    private readonly List<RedisValue>[] _arguments = new List<RedisValue>[Partitions.Count];

    /// <summary>Replaces a whole state, which those who watch are told of on a channel.</summary>
    public void Set(PartitionedKey key, StampedValue value, string? channel = null)
    {
        var bytes = value.ToBytes();
        Add(key, "s", value.Sequence, bytes, RedisValue.EmptyString);
        if (live && channel is not null)
        {
            _news.Add((channel, bytes));
        }
    }

    /// <summary>Replaces a sequence that is kept by itself.</summary>
    public void Set(PartitionedKey key, long sequence) => Add(key, "s", sequence, sequence, RedisValue.EmptyString);

    /// <summary>Adds to a sorted set by sequence.</summary>
    public void Add(PartitionedKey key, string member, long sequence) => Add(key, "a", sequence, RedisValue.EmptyString, member);

    /// <summary>Adds to a member's score; a member without score goes.</summary>
    public void Count(PartitionedKey key, string member, int change, long sequence) => Add(key, "c", sequence, change, member);

    /// <summary>Takes away a key of the same partition that belongs to no generation.</summary>
    public void Remove(PartitionedKey key, long sequence)
    {
        if (live)
        {
            Add(key, "d", sequence, RedisValue.EmptyString, RedisValue.EmptyString);
        }
    }

    /// <summary>Writes to all partitions, for each must know how far the log has come.</summary>
    /// <returns>False when a partition has lost what came before.</returns>
    public async Task<bool> Apply(IDatabase redis, long after, long upTo)
    {
        var written = await Task.WhenAll(Enumerable.Range(0, Partitions.Count).Select(partition => redis.ScriptEvaluateAsync(
            Script,
            [keys.Marker(partition), .. _keys[partition] ?? []],
            [after.ToString(CultureInfo.InvariantCulture), upTo, .. _arguments[partition] ?? []])));
        return written.All(result => (int)result >= 0);
    }

    /// <summary>Tells whoever watches what was written. Nobody waits for it: who misses it reads it.</summary>
    public void Tell(ISubscriber subscriber)
    {
        try
        {
            foreach (var (channel, value) in _news)
            {
                subscriber.Publish(RedisChannel.Literal(channel), value, CommandFlags.FireAndForget);
            }
        }
        catch (RedisException)
        {
            // Away: then nobody hears it, and everybody reads again.
        }
    }

    private void Add(PartitionedKey key, string kind, long sequence, RedisValue value, RedisValue member)
    {
        (_keys[key.Partition] ??= []).Add(key.Name);
        (_arguments[key.Partition] ??= []).AddRange([kind, sequence, value, member]);
    }
}
