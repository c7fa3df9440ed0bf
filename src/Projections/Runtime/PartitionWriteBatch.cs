using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// What a page changes in Redis: one script a partition, which moves the partition's marker with the data. A page that comes
/// twice, or too late, changes nothing, and a partition that lost something refuses what comes after the loss.
/// </summary>
/// <param name="live">
/// Whether readers see the generation. What belongs to all generations is the live one's to take away, and to tell.
/// </param>
public sealed class PartitionWriteBatch(GenerationKeys keys, bool live)
{
    // KEYS: marker, then a key a write. ARGV: after, up to, then kind, sequence, value, member (or expiry) for each write.
    // A key that does not take its write (it is of another type) does not stop the others: it is answered by its place. Any
    // other failure, such as a full server, ends the script before the marker moves.
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
        local isolated = {}
        local function try(i, result)
          if type(result) == 'table' and result.err then
            if string.sub(result.err, 1, 9) ~= 'WRONGTYPE' then error(result.err) end
            isolated[#isolated + 1] = i - 1
            return false
          end
          return result
        end
        local a = 3
        for i = 2, #KEYS do
          if tonumber(ARGV[a + 1]) > marker then
            local kind = ARGV[a]
            if kind == 's' then
              if ARGV[a + 3] == '' then
                redis.call('SET', KEYS[i], ARGV[a + 2])
              else
                redis.call('SET', KEYS[i], ARGV[a + 2], 'PXAT', ARGV[a + 3])
              end
            elseif kind == 'a' then
              if try(i, redis.pcall('ZADD', KEYS[i], ARGV[a + 1], ARGV[a + 3])) and ARGV[a + 2] ~= '' then
                -- The key lives as long as its last member. A new key has no expiry, which reads as -1.
                if redis.call('PEXPIRETIME', KEYS[i]) < tonumber(ARGV[a + 2]) then
                  redis.call('PEXPIREAT', KEYS[i], ARGV[a + 2])
                end
              end
            elseif kind == 'c' then
              local score = try(i, redis.pcall('ZINCRBY', KEYS[i], ARGV[a + 2], ARGV[a + 3]))
              if score and tonumber(score) <= 0 then
                redis.call('ZREM', KEYS[i], ARGV[a + 3])
              end
            else
              redis.call('DEL', KEYS[i])
            end
          end
          a = a + 4
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return isolated
        """;

    private readonly List<(string Channel, byte[] Value)> _news = [];
    private readonly List<RedisKey>[] _keys = new List<RedisKey>[Partitions.Count];
    private readonly List<RedisValue>[] _arguments = new List<RedisValue>[Partitions.Count];

    /// <summary>Replaces a whole state, which those who watch are told of on a channel.</summary>
    /// <param name="expiresAt">When the state goes by itself; null for never.</param>
    public void Set(PartitionedKey key, VersionedValue value, string? channel = null, DateTimeOffset? expiresAt = null)
    {
        var bytes = value.ToBytes();
        Add(key, "s", value.Sequence, bytes, Expiry(expiresAt));
        if (live && channel is not null)
        {
            _news.Add((channel, bytes));
        }
    }

    /// <summary>Replaces a sequence that is kept by itself.</summary>
    public void Set(PartitionedKey key, long sequence) => Add(key, "s", sequence, sequence, RedisValue.EmptyString);

    /// <summary>Adds to a sorted set by sequence.</summary>
    /// <param name="expiresAt">When the member may go: the set goes when all of its members may. Null for never.</param>
    public void Add(PartitionedKey key, string member, long sequence, DateTimeOffset? expiresAt = null) =>
        Add(key, "a", sequence, Expiry(expiresAt), member);

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
    /// <param name="isolate">Gets the keys that do not take their write.</param>
    /// <returns>False when a partition has lost what came before.</returns>
    public async Task<bool> ApplyAsync(IDatabase redis, long after, long upTo, Action<string> isolate)
    {
        var written = await Task.WhenAll(Enumerable.Range(0, Partitions.Count).Select(partition => redis.ScriptEvaluateAsync(
            Script,
            [keys.Checkpoint(partition), .. _keys[partition] ?? []],
            [after.ToString(CultureInfo.InvariantCulture), upTo, .. _arguments[partition] ?? []])));
        for (var partition = 0; partition < written.Length; partition++)
        {
            if (written[partition].Resp2Type == ResultType.Array)
            {
                foreach (var place in (int[])written[partition]!)
                {
                    isolate((string)_keys[partition][place - 1]!);
                }
            }
        }

        return written.All(result => result.Resp2Type == ResultType.Array || (int)result >= 0);
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

    private static RedisValue Expiry(DateTimeOffset? at) => at is { } time ? time.ToUnixTimeMilliseconds() : RedisValue.EmptyString;

    private void Add(PartitionedKey key, string kind, long sequence, RedisValue value, RedisValue member)
    {
        (_keys[key.Partition] ??= []).Add(key.Name);
        (_arguments[key.Partition] ??= []).AddRange([kind, sequence, value, member]);
    }
}
