using System.Threading.Channels;

namespace TreasureHunt.Platform.Batching;

/// <summary>
/// Commits all pending items as one batch. Items that arrive during a commit form the next batch, so batches grow with the load. One batch
/// is committed at a time, in the order of arrival.
/// </summary>
public sealed class GroupCommit<T> : IAsyncDisposable
{
    private static readonly TimeSpan MaxLinger = TimeSpan.FromMilliseconds(12);

    private readonly Channel<PendingItem> _pending;
    private readonly Func<IReadOnlyList<T>, Task> _commit;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _lingerPerItem;
    private readonly int _maxBatch;
    private readonly Task _loop;

    /// <param name="capacity">Maximum of pending items; further items are refused.</param>
    /// <param name="maxBatch">Maximum of items in one batch; at least 1.</param>
    /// <param name="commit">Commits one batch. Its exception fails the items of that batch only.</param>
    /// <param name="lingerPerItem">
    /// Pause before the next batch for each item of the last batch, at most 12 ms in total. A batch of one item causes no pause. Without
    /// the pause, a fast commit under load leads to many small batches, which take the processor from the producers of the items.
    /// </param>
    public GroupCommit(int capacity, int maxBatch, TimeSpan lingerPerItem, TimeProvider timeProvider, Func<IReadOnlyList<T>, Task> commit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        _pending = Channel.CreateBounded<PendingItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _maxBatch = maxBatch;
        (_commit, _lingerPerItem, _timeProvider) = (commit, lingerPerItem, timeProvider);
        _loop = Task.Run(CommitBatchesAsync);
    }

    /// <summary>Pending items.</summary>
    public int Waiting => _pending.Reader.Count;

    /// <summary>Adds a pending item. False when the capacity is reached or the object is disposed.</summary>
    /// <param name="committed">Completes when the item's batch has been committed; fails with the batch's exception.</param>
    public bool TryAdd(T item, out Task committed)
    {
        var entry = new PendingItem(item);
        committed = entry.Committed.Task;
        return _pending.Writer.TryWrite(entry);
    }

    /// <summary>Refuses new items, and completes when all pending items are committed.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _loop;
    }

    private async Task CommitBatchesAsync()
    {
        while (await _pending.Reader.WaitToReadAsync())
        {
            var batch = new List<PendingItem>();
            while (batch.Count < _maxBatch && _pending.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            try
            {
                await _commit(batch.ConvertAll(entry => entry.Item));
                batch.ForEach(entry => entry.Committed.TrySetResult());
            }
#pragma warning disable CA1031 // The exception belongs to the items of this batch; the loop continues with the next batch.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                batch.ForEach(entry => entry.Committed.TrySetException(exception));
            }

            await LingerAsync(batch.Count);
        }
    }

    // After the last item of a disposed object there is no pause.
    private async Task LingerAsync(int lastBatch)
    {
        if (lastBatch > 1)
        {
            var delay = _lingerPerItem * lastBatch;
            await Task.WhenAny(Task.Delay(delay < MaxLinger ? delay : MaxLinger, _timeProvider), _pending.Reader.Completion);
        }
    }

    private sealed class PendingItem(T item)
    {
        public T Item { get; } = item;

        // Continuations run on other threads, so that the caller's work does not delay the next batch.
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
