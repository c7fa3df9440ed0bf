namespace TreasureHunt.Projections.Runtime;

/// <summary>The changes that a batch of events makes to one generation of a read model.</summary>
public interface IProjectedBatch
{
    /// <summary>Writes the changes. A batch that was written before changes nothing. Batches are written one at a time, in order.</summary>
    /// <returns>False when the cache has lost data from before the batch; the lost data stays lost.</returns>
    Task<bool> WriteAsync(CancellationToken cancellationToken);
}
