using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>A generation of a read model in Redis.</summary>
public abstract class RedisReadModel(
    string name, int generation, ReadModelRedis redis, ReadModelKeys keys, IsolatedKeys isolated) : IReadModel
{
    public int Generation => generation;

    /// <summary>Keys of this generation.</summary>
    protected GenerationKeys Keys { get; } = keys.OfGeneration(name, generation);

    /// <summary>Keys that belong to no generation.</summary>
    protected ReadModelKeys SharedKeys => keys;

    public async Task<IProjectedBatch> ProjectBatchAsync(EventBatch batch, bool live, CancellationToken cancellationToken)
    {
        var writes = new PartitionWriteBatch(
            redis, Keys, batch, live, key => isolated.Add(name, key, "it holds a value of another type"));
        await ProjectEventsAsync(batch.Events, writes, cancellationToken);
        return writes;
    }

    public Task<long?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        Checkpoints.CompleteUpToAsync(redis.Database, Keys).WaitAsync(cancellationToken);

    /// <summary>Writes the state of a key. A key without a state is isolated.</summary>
    /// <returns>The written value.</returns>
    protected VersionedValue WriteState<TView>(
        PartitionWriteBatch writes, PartitionedKey key, Versioned<TView?> state, Exception? failure, DateTimeOffset? expiresAt = null)
        where TView : class
    {
        VersionedValue value;
        if (state.Value is { } view)
        {
            isolated.Remove(name, key.Name);
            value = VersionedJson.Of(state.Sequence, view);
        }
        else
        {
            isolated.Add(name, key.Name, failure?.Message ?? "the event before it is missing");
            value = VersionedValue.NotWritable(state.Sequence);
        }

        writes.Set(key, value, expiresAt);
        return value;
    }

    /// <summary>Adds the writes that the events cause. It may be called again with the same events.</summary>
    protected abstract Task ProjectEventsAsync(
        IReadOnlyList<RecordedEvent> events, PartitionWriteBatch writes, CancellationToken cancellationToken);
}
