using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>A read model in Redis.</summary>
public abstract class RedisReadModel(
    string name, int generation, ReadModelRedis redis, ReadModelKeys keys, IsolatedKeys isolated) : IReadModel
{
    public int Generation => generation;

    protected GenerationKeys Names { get; } = keys.In(name, generation);

    protected ReadModelKeys Keys => keys;

    public async Task<bool> ApplyAsync(EventBatch page, bool live, CancellationToken cancellationToken)
    {
        var writes = new PartitionWriteBatch(Names, live);
        await FoldAsync(page.Facts, writes, cancellationToken);
        var complete =
            await writes.ApplyAsync(
                redis.Database, page.After, page.UpTo, key => isolated.Add(name, key, "it holds a value of another type")).WaitAsync(
                    cancellationToken);
        writes.Tell(redis.Subscriber);
        return complete;
    }

    public Task<long?> ProgressAsync(CancellationToken cancellationToken) =>
        Checkpoints.CompleteAsync(redis.Database, Names).WaitAsync(cancellationToken);

    /// <summary>Writes the state of a key, or isolates the key when it has none that can be written.</summary>
    protected void Write<TView>(
        PartitionWriteBatch writes, PartitionedKey key, Versioned<TView?> state, Exception? failure, string? channel = null,
        DateTimeOffset? expiresAt = null)
        where TView : class
    {
        if (state.Value is { } view)
        {
            isolated.Remove(name, key.Name);
            writes.Set(key, VersionedJson.Of(state.Sequence, view), channel, expiresAt);
        }
        else
        {
            isolated.Add(name, key.Name, failure?.Message ?? "the event before it is missing");
            writes.Set(key, VersionedValue.NotWritable(state.Sequence), expiresAt: expiresAt);
        }
    }

    /// <summary>Turns facts into writes. It may be called again with facts that it has seen.</summary>
    protected abstract Task FoldAsync(IReadOnlyList<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken);
}
