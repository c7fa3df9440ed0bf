using System.Threading.Channels;

namespace TreasureHunt.Platform.Batching;

/// <summary>
/// Commits all pending items as one batch. Items that arrive during a commit form the next batch, so batches grow with the load. One batch
/// is committed at a time, in the order of arrival.
/// </summary>
public sealed class GroupCommit<T> : IAsyncDisposable
{
    private readonly Channel<PendingItem> _pending;
    private readonly Func<IReadOnlyList<T>, Task> _commit;
    private readonly Func<IReadOnlyList<T>, Task> _pause;
    private readonly int _maxBatch;
    private readonly Task _loop;

    /// <param name="capacity">Maximum of pending items; further items are refused.</param>
    /// <param name="maxBatch">Maximum of items in one batch; at least 1.</param>
    /// <param name="commit">Commits one batch. Its exception fails the items of that batch only.</param>
    /// <param name="pause">
    /// Completes when the batch after the given one may begin; it does not fail. Null for no pause. Without a pause, a fast commit under
    /// load leads to many small batches, which take the processor from the producers of the items.
    /// </param>
    public GroupCommit(int capacity, int maxBatch, Func<IReadOnlyList<T>, Task> commit, Func<IReadOnlyList<T>, Task>? pause = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        _pending = Channel.CreateBounded<PendingItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _maxBatch = maxBatch;
        (_commit, _pause) = (commit, pause ?? (_ => Task.CompletedTask));
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

            var items = batch.ConvertAll(entry => entry.Item);
            try
            {
                await _commit(items);
                batch.ForEach(entry => entry.Committed.TrySetResult());
            }
#pragma warning disable CA1031 // The exception belongs to the items of this batch; the loop continues with the next batch.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                batch.ForEach(entry => entry.Committed.TrySetException(exception));
            }

            // After the last item of a disposed object there is no pause.
            await Task.WhenAny(_pause(items), _pending.Reader.Completion);
        }
    }

    private sealed class PendingItem(T item)
    {
        public T Item { get; } = item;

        // Continuations run on other threads, so that the caller's work does not delay the next batch.
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
