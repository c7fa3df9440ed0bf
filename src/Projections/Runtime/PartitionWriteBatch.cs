using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The writes of an event batch to one generation in Redis. A script for each partition moves the partition's checkpoint with the data. A
/// repeated or late batch changes nothing. A partition that lost data refuses all later batches.
/// </summary>
/// <param name="live">
/// Whether readers use the generation. Only the live generation deletes keys that belong to no generation, and publishes changes.
/// </param>
/// <param name="isolate">Called with each key that holds a value of another type.</param>
public sealed class PartitionWriteBatch(
    ReadModelRedis redis, GenerationKeys keys, EventBatch events, bool live, Action<string> isolate) : IProjectedBatch
{
    private readonly List<(string Channel, byte[] Value)> _changes = [];
    private readonly List<RedisKey>[] _keys = new List<RedisKey>[Partitions.Count];
    private readonly List<RedisValue>[] _arguments = new List<RedisValue>[Partitions.Count];
    private readonly RedisValue _after = events.After.ToString(CultureInfo.InvariantCulture);

    /// <summary>The sequence after which the range of the batch begins.</summary>
    public long After => events.After;

    /// <summary>The last sequence of the range of the batch.</summary>
    public long UpTo => events.UpTo;

    private ReadModelRedis Redis => redis;

    /// <summary>
    /// Writes the batches of several read models with one script for each partition. It writes to all partitions, because the checkpoint
    /// of each must move: readers use it to tell how fresh a partition is.
    /// </summary>
    /// <returns>For each batch, in order: false when a partition has lost earlier data.</returns>
    public static async Task<bool[]> WriteAllAsync(IReadOnlyList<PartitionWriteBatch> batches, CancellationToken cancellationToken)
    {
        var redis = batches[0].Redis;
        var partitions = await Task.WhenAll(Enumerable.Range(0, Partitions.Count).Select(
            partition => redis.Database.ScriptEvaluateAsync(
                PartitionWriteScript.Lua,
                [.. batches.SelectMany(batch => batch.KeysOf(partition))],
                [.. batches.SelectMany(batch => batch.ArgumentsOf(partition))]))).WaitAsync(cancellationToken);
        var areComplete = Enumerable.Repeat(true, batches.Count).ToArray();
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            var results = (RedisResult[])partitions[partition]!;
            for (var index = 0; index < results.Length; index++)
            {
                areComplete[index] &= batches[index].IsAccepted(partition, results[index]);
            }
        }

        foreach (var batch in batches)
        {
            batch.PublishChanges(redis.Subscriber);
        }

        return areComplete;
    }

    public async Task<bool> WriteAsync(CancellationToken cancellationToken) => (await WriteAllAsync([this], cancellationToken))[0];

    /// <summary>Sets the state of a key.</summary>
    /// <param name="channel">The channel on which the new state is published; null for none.</param>
    /// <param name="expiresAt">When the key expires; null for never.</param>
    public void Set(PartitionedKey key, VersionedValue value, string? channel = null, DateTimeOffset? expiresAt = null)
    {
        var bytes = value.ToBytes();
        Add(key, "s", value.Sequence, bytes, Expiry(expiresAt));
        if (channel is not null)
        {
            Publish(channel, bytes);
        }
    }

    /// <summary>Publishes a message after the writes.</summary>
    public void Publish(string channel, byte[] message)
    {
        if (live)
        {
            _changes.Add((channel, message));
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

    private static RedisValue Expiry(DateTimeOffset? at) => at is { } time ? time.ToUnixTimeMilliseconds() : RedisValue.EmptyString;

    private void Add(PartitionedKey key, string kind, long sequence, RedisValue value, RedisValue member)
    {
        (_keys[key.Partition] ??= []).Add(key.Name);
        (_arguments[key.Partition] ??= []).AddRange([kind, sequence, value, member]);
    }

    private IEnumerable<RedisKey> KeysOf(int partition) => [keys.Checkpoint(partition), .. _keys[partition] ?? []];

    private IEnumerable<RedisValue> ArgumentsOf(int partition) =>
        [_after, events.UpTo, _keys[partition]?.Count ?? 0, .. _arguments[partition] ?? []];

    private bool IsAccepted(int partition, RedisResult result)
    {
        if (result.Resp2Type != ResultType.Array)
        {
            return (int)result >= 0;
        }

        foreach (var index in (int[])result!)
        {
            isolate((string)_keys[partition][index - 1]!);
        }

        return true;
    }

    // A subscriber that misses a change reads the key again later.
    private void PublishChanges(ISubscriber subscriber)
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
}
