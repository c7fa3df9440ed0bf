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
    /// <summary>
    /// The longest message that is published, in bytes: all claims of the largest batch. Redis keeps it in memory for each subscriber.
    /// </summary>
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    private readonly List<(string Channel, byte[] Message)> _messages = [];
    private readonly List<(string Channel, IReadOnlyList<(string Id, VersionedValue Value)> Changes)> _changes = [];
    private readonly PartitionWrites[] _partitions = [.. Enumerable.Range(0, Partitions.Count).Select(_ => new PartitionWrites())];

    private EventBatch Range => events;

    /// <summary>Whether readers use the generation, so that changes are published.</summary>
    public bool IsLive => live;

    private ReadModelRedis Redis => redis;

    /// <summary>
    /// Writes the batches of several read models with one script for each partition. It writes to all partitions, because the checkpoint
    /// of each must move: readers use it to tell how fresh a partition is.
    /// </summary>
    /// <returns>For each batch, in order: false when a partition has lost earlier data.</returns>
    public static async Task<bool[]> WriteAllAsync(IReadOnlyList<PartitionWriteBatch> batches, CancellationToken cancellationToken)
    {
        var partitions = await Task.WhenAll(
            Enumerable.Range(0, Partitions.Count).Select(partition => WritePartitionAsync(batches, partition)))
            .WaitAsync(cancellationToken);
        var areComplete = Enumerable.Repeat(true, batches.Count).ToArray();
        for (var partition = 0; partition < partitions.Length; partition++)
        {
            var results = (RedisResult[])partitions[partition]!;
            for (var index = 0; index < results.Length; index++)
            {
                areComplete[index] &= batches[index].IsAccepted(partition, results[index]);
            }
        }

        PublishAll(batches);
        return areComplete;
    }

    public async Task<bool> WriteAsync(CancellationToken cancellationToken) => (await WriteAllAsync([this], cancellationToken))[0];

    /// <summary>Sets the state of a key.</summary>
    /// <param name="expiresAt">When the key expires; null for never.</param>
    public void Set(PartitionedKey key, VersionedValue value, DateTimeOffset? expiresAt = null) =>
        _partitions[key.Partition].Set(key.Name, value.ToBytes(), expiresAt);

    /// <summary>Publishes a message after the writes.</summary>
    public void Publish(string channel, byte[] message)
    {
        if (live)
        {
            _messages.Add((channel, message));
        }
    }

    /// <summary>
    /// Publishes changed values after the writes: one <see cref="PublishedChanges"/> on each channel has those of all read models.
    /// </summary>
    public void Publish(string channel, IReadOnlyList<(string Id, VersionedValue Value)> changes)
    {
        if (live)
        {
            _changes.Add((channel, changes));
        }
    }

    /// <summary>Sets a key whose value is a sequence.</summary>
    public void Set(PartitionedKey key, long sequence) => _partitions[key.Partition].Set(key.Name, sequence, null);

    /// <summary>Adds a member to a set that is sorted by sequence.</summary>
    /// <param name="expiresAt">When the member may expire: the set expires with its last member. Null for never.</param>
    public void Add(PartitionedKey key, string member, long sequence, DateTimeOffset? expiresAt = null) =>
        _partitions[key.Partition].Add(key.Name, member, sequence, expiresAt);

    /// <summary>Adds to a member's score. A member whose score is 0 or less is removed.</summary>
    public void Count(PartitionedKey key, string member, int change, long sequence) =>
        _partitions[key.Partition].Count(key.Name, member, change, sequence);

    /// <summary>Deletes a key that belongs to no generation.</summary>
    public void Remove(PartitionedKey key)
    {
        if (live)
        {
            _partitions[key.Partition].Remove(key.Name);
        }
    }

    private static Task<RedisResult> WritePartitionAsync(IReadOnlyList<PartitionWriteBatch> batches, int partition)
    {
        var names = new List<RedisKey>(batches.Sum(batch => 1 + batch._partitions[partition].KeyCount));
        var arguments = new List<RedisValue>(batches.Sum(batch => 4 + batch._partitions[partition].ArgumentCount));
        foreach (var batch in batches)
        {
            var writes = batch._partitions[partition];
            names.Add(batch.CheckpointOf(partition));
            arguments.AddRange([batch.Range.After, batch.Range.UpTo, writes.KeyCount, writes.ArgumentCount]);
            writes.AppendTo(names, arguments);
        }

        return batches[0].Redis.Database.ScriptEvaluateAsync(PartitionWriteScript.Lua, [.. names], [.. arguments]);
    }

    private RedisKey CheckpointOf(int partition) => keys.Checkpoint(partition);

    private bool IsAccepted(int partition, RedisResult result)
    {
        if (result.Resp2Type != ResultType.Array)
        {
            return (int)result >= 0;
        }

        foreach (var index in (int[])result!)
        {
            isolate(_partitions[partition].KeyAt(index - 1));
        }

        return true;
    }

    private static void PublishAll(IReadOnlyList<PartitionWriteBatch> batches)
    {
        var (range, subscriber) = (batches[0].Range, batches[0].Redis.Subscriber);
        var messages = batches.SelectMany(batch => batch._messages).ToList();
        foreach (var channel in batches.SelectMany(batch => batch._changes).GroupBy(change => change.Channel, change => change.Changes))
        {
            var changes = new PublishedChanges(range.After, range.UpTo, [.. channel.SelectMany(values => values)]);
            messages.Add((channel.Key, changes.ToBytes()));
        }

        try
        {
            // A subscriber takes a message that is not published for a lost one, and reads the keys again.
            foreach (var (channel, message) in messages.Where(published => published.Message.Length <= MaxMessageBytes))
            {
                subscriber.Publish(ReadModelRedis.Channel(channel), message, CommandFlags.FireAndForget);
            }
        }
        catch (RedisException)
        {
            // Without a connection no change is published, and subscribers read the keys again.
        }
    }
}
