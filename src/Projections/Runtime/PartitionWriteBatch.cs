using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The writes of an event batch to Redis: one script for each partition, which moves the partition's checkpoint with the data. A
/// repeated or late batch changes nothing. A partition that lost data refuses all later batches.
/// </summary>
/// <param name="live">
/// Whether readers use the generation. Only the live generation deletes keys that belong to no generation, and publishes changes.
/// </param>
public sealed class PartitionWriteBatch(GenerationKeys keys, bool live)
{
    private readonly List<(string Channel, byte[] Value)> _changes = [];
    private readonly List<RedisKey>[] _keys = new List<RedisKey>[Partitions.Count];
    private readonly List<RedisValue>[] _arguments = new List<RedisValue>[Partitions.Count];

    /// <summary>Sets the state of a key.</summary>
    /// <param name="channel">The channel on which the new state is published; null for none.</param>
    /// <param name="expiresAt">When the key expires; null for never.</param>
    public void Set(PartitionedKey key, VersionedValue value, string? channel = null, DateTimeOffset? expiresAt = null)
    {
        var bytes = value.ToBytes();
        Add(key, "s", value.Sequence, bytes, Expiry(expiresAt));
        if (live && channel is not null)
        {
            _changes.Add((channel, bytes));
        }
    }

    /// <summary>Sets a key whose value is a sequence.</summary>
    public void Set(PartitionedKey key, long sequence) => Add(key, "s", sequence, sequence, RedisValue.EmptyString);

    /// <summary>Adds a member to a set that is sorted by sequence.</summary>
    /// <param name="expiresAt">When the member may expire: the set expires with its last member. Null for never.</param>
    public void Add(PartitionedKey key, string member, long sequence, DateTimeOffset? expiresAt = null) =>
        Add(key, "a", sequence, Expiry(expiresAt), member);

    /// <summary>Adds to a member's score. A member whose score is 0 or less is removed.</summary>
    public void Count(PartitionedKey key, string member, int change, long sequence) => Add(key, "c", sequence, change, member);

    /// <summary>Deletes a key that belongs to no generation.</summary>
    public void Remove(PartitionedKey key, long sequence)
    {
        if (live)
        {
            Add(key, "d", sequence, RedisValue.EmptyString, RedisValue.EmptyString);
        }
    }

    /// <summary>Writes to all partitions, because the checkpoint of each must move.</summary>
    /// <param name="isolate">Called with each key that holds a value of another type.</param>
    /// <returns>False when a partition has lost earlier data.</returns>
    public async Task<bool> ExecuteAsync(IDatabase redis, long after, long upTo, Action<string> isolate)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, Partitions.Count).Select(partition => redis.ScriptEvaluateAsync(
            PartitionWriteScript.Lua,
            [keys.Checkpoint(partition), .. _keys[partition] ?? []],
            [after.ToString(CultureInfo.InvariantCulture), upTo, .. _arguments[partition] ?? []])));
        for (var partition = 0; partition < results.Length; partition++)
        {
            if (results[partition].Resp2Type == ResultType.Array)
            {
                foreach (var index in (int[])results[partition]!)
                {
                    isolate((string)_keys[partition][index - 1]!);
                }
            }
        }

        return results.All(result => result.Resp2Type == ResultType.Array || (int)result >= 0);
    }

    /// <summary>Publishes the changes to the subscribers. A subscriber that misses one reads the key again later.</summary>
    public void PublishChanges(ISubscriber subscriber)
    {
        try
        {
            foreach (var (channel, value) in _changes)
            {
                subscriber.Publish(RedisChannel.Literal(channel), value, CommandFlags.FireAndForget);
            }
        }
        catch (RedisException)
        {
            // Without a connection no change is published, and subscribers read the keys again.
        }
    }

    private static RedisValue Expiry(DateTimeOffset? at) => at is { } time ? time.ToUnixTimeMilliseconds() : RedisValue.EmptyString;

    private void Add(PartitionedKey key, string kind, long sequence, RedisValue value, RedisValue member)
    {
        (_keys[key.Partition] ??= []).Add(key.Name);
        (_arguments[key.Partition] ??= []).AddRange([kind, sequence, value, member]);
    }
}
