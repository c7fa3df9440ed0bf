using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// One generation of a read model. Not thread-safe: batches are projected one at a time, in order. A batch may be written while the next
/// one is projected.
/// </summary>
public interface IReadModel
{
    /// <summary>1 or more.</summary>
    int Generation { get; }

    /// <summary>Computes the changes that a batch makes. The same batch may be projected again.</summary>
    /// <param name="live">Whether readers use this generation: then changes are published.</param>
    Task<IProjectedBatch> ProjectBatchAsync(EventBatch batch, bool live, CancellationToken cancellationToken);

    /// <summary>The sequence up to which the cache is complete; null when it has lost data, or was never built.</summary>
    Task<long?> ReadCheckpointAsync(CancellationToken cancellationToken);
}
