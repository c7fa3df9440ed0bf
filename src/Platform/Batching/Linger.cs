namespace TreasureHunt.Platform.Batching;

/// <summary>
/// A pause between two batches, in proportion to the first one and at most 12 ms. After a batch of one item there is no pause.
/// </summary>
/// <param name="perItem">Pause for each item of the last batch.</param>
public sealed class Linger(TimeSpan perItem, TimeProvider timeProvider)
{
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(12);

    /// <summary>Completes when the next batch may begin.</summary>
    public Task AfterAsync(int lastBatch)
    {
        var delay = perItem * lastBatch;
        return lastBatch > 1 ? Task.Delay(delay < Max ? delay : Max, timeProvider) : Task.CompletedTask;
    }
}
