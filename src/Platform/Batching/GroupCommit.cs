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
    private readonly int _capacity;
    private readonly int _maxBatch;
    private readonly Task _loop;
    private int _waiting;

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
        _pending = Channel.CreateUnbounded<PendingItem>(new UnboundedChannelOptions { SingleReader = true });
        (_capacity, _maxBatch) = (capacity, maxBatch);
        (_commit, _pause) = (commit, pause ?? (_ => Task.CompletedTask));
        _loop = Task.Run(CommitBatchesAsync);
    }

    /// <summary>Pending items.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Adds a pending item. False when the capacity is reached or the object is disposed.</summary>
    /// <param name="committed">Completes when the item's batch has been committed; fails with the batch's exception.</param>
    public bool TryAdd(T item, out Task committed) => TryAdd([item], out committed);

    /// <summary>
    /// Adds items that are committed together. False when the capacity is reached or the object is disposed; then none of them is added.
    /// </summary>
    /// <param name="items">At least one, and at most as many as a batch may have. An empty queue takes any number.</param>
    /// <param name="committed">Completes when the batch of the items has been committed; fails with the batch's exception.</param>
    public bool TryAdd(IReadOnlyList<T> items, out Task committed)
    {
        var entry = new PendingItem(items);
        committed = entry.Committed.Task;
        var waiting = Interlocked.Add(ref _waiting, items.Count);
        if ((waiting <= _capacity || waiting == items.Count) && _pending.Writer.TryWrite(entry))
        {
            return true;
        }

        Interlocked.Add(ref _waiting, -items.Count);
        return false;
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
            var items = new List<T>();
            while (_pending.Reader.TryPeek(out var entry) && (batch.Count == 0 || items.Count + entry.Items.Count <= _maxBatch)
                && _pending.Reader.TryRead(out entry))
            {
                batch.Add(entry);
                items.AddRange(entry.Items);
            }

            Interlocked.Add(ref _waiting, -items.Count);
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

    private sealed class PendingItem(IReadOnlyList<T> items)
    {
        public IReadOnlyList<T> Items { get; } = items;

        // Continuations run on other threads, so that the caller's work does not delay the next batch.
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
