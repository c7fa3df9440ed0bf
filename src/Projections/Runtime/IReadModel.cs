using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>One generation of a read model. Not thread-safe: batches are applied one at a time, in order.</summary>
public interface IReadModel
{
    /// <summary>1 or more.</summary>
    int Generation { get; }

    /// <summary>Applies a batch. A batch that was applied before changes nothing.</summary>
    /// <param name="live">Whether readers use this generation: then changes are published.</param>
    /// <returns>False when the cache has lost data from before the batch; the lost data stays lost.</returns>
    Task<bool> ApplyBatchAsync(EventBatch batch, bool live, CancellationToken cancellationToken);

    /// <summary>The sequence up to which the cache is complete; null when it has lost data, or was never built.</summary>
    Task<long?> ReadCheckpointAsync(CancellationToken cancellationToken);
}
