using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Reads the event store once for all subscriptions. It keeps the last batches. A subscription that follows closely gets the batch that
/// another one has read, or reads at the moment; one that is further behind reads for itself, and delays no other.
/// </summary>
/// <param name="read">Reads the events after a sequence, up to another one.</param>
/// <param name="batchSize">The most sequences in a batch; 1 or more.</param>
/// <param name="stopping">Ends all reading.</param>
public sealed class SharedEventReader(
    Func<long, long, CancellationToken, Task<EventBatch>> read, int batchSize, CancellationToken stopping)
{
    private const int MaxBatches = 8;

    private readonly Lock _lock = new();
    private readonly List<Reading> _readings = new(MaxBatches + 1);

    /// <summary>Returns the events after a sequence, up to <paramref name="upTo"/> or an earlier sequence.</summary>
    /// <exception cref="UnreadableEventException">One of the events cannot be read.</exception>
    public async Task<EventBatch> ReadAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        var batch = await FindOrStart(after, upTo).Batch.WaitAsync(cancellationToken);
        return batch.After == after
            ? batch
            : batch with { After = after, Events = batch.Events.Where(recorded => recorded.Sequence > after).ToList() };
    }

    /// <summary>Starts to read events that <see cref="ReadAsync"/> will return.</summary>
    public void ReadAhead(long after, long upTo) => FindOrStart(after, upTo);

    private Reading FindOrStart(long after, long upTo)
    {
        lock (_lock)
        {
            _readings.RemoveAll(reading => reading.Batch is { IsCompleted: true, IsCompletedSuccessfully: false });
            var known = _readings.FindLast(reading => reading.After <= after && after < reading.UpTo);
            if (known is not null)
            {
                return known;
            }

            var end = Math.Min(upTo, after + batchSize);
            var started = new Reading(after, end, Task.Run(() => read(after, end, stopping), stopping));
            _readings.Add(started);
            if (_readings.Count > MaxBatches)
            {
                _readings.RemoveAt(0);
            }

            return started;
        }
    }

    private sealed record Reading(long After, long UpTo, Task<EventBatch> Batch);
}
