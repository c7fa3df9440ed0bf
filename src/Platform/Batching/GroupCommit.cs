using System.Threading.Channels;

namespace TreasureHunt.Platform.Batching;

/// <summary>
/// Commits whatever is waiting as one batch. While a batch is being committed, the next one gathers: batches grow with
/// load and vanish without it. One batch is under way at a time, in the order of arrival.
/// </summary>
public sealed class GroupCommit<T> : IAsyncDisposable
{
    private static readonly TimeSpan MaxLinger = TimeSpan.FromMilliseconds(50);

    private readonly Channel<PendingItem> _waiting;
    private readonly Func<IReadOnlyList<T>, Task> _commit;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _lingerPerItem;
    private readonly int _maxBatch;
    private readonly Task _loop;

    /// <param name="capacity">Items that may wait; one more is refused.</param>
    /// <param name="maxBatch">Items in one batch at the most.</param>
    /// <param name="commit">Commits one batch. What it throws reaches everyone who waits for that batch, and nobody else.</param>
    /// <param name="lingerPerItem">
    /// How much longer the next batch gathers for each item of the last one, up to 50 ms in all; a lone item makes nobody
    /// wait. On a busy machine a fast committer would otherwise take the processor, for many small batches, from those who bring the items.
    /// </param>
    public GroupCommit(int capacity, int maxBatch, TimeSpan lingerPerItem, TimeProvider timeProvider, Func<IReadOnlyList<T>, Task> commit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatch, 1);
        _waiting = Channel.CreateBounded<PendingItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _maxBatch = maxBatch;
        (_commit, _lingerPerItem, _timeProvider) = (commit, lingerPerItem, timeProvider);
        _loop = Task.Run(CommitBatchesAsync);
    }

    /// <summary>Items that wait for their batch.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Puts an item in the line. False when the line is full or closed.</summary>
    /// <param name="committed">Ends when the item's batch has been committed, or fails as it failed.</param>
    public bool TryAdd(T item, out Task committed)
    {
        var entry = new PendingItem(item);
        committed = entry.Committed.Task;
        return _waiting.Writer.TryWrite(entry);
    }

    /// <summary>Refuses new items, and ends when those already in the line are committed.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task CommitBatchesAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<PendingItem>();
            while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            try
            {
                await _commit(batch.ConvertAll(entry => entry.Item));
                batch.ForEach(entry => entry.Committed.TrySetResult());
            }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait for this batch; the loop must go on for the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                batch.ForEach(entry => entry.Committed.TrySetException(exception));
            }

            await LingerAsync(batch.Count);
        }
    }

    // Once the line is closed and empty nothing more can come.
    private async Task LingerAsync(int lastBatch)
    {
        if (lastBatch > 1)
        {
            var linger = _lingerPerItem * lastBatch;
            await Task.WhenAny(Task.Delay(linger < MaxLinger ? linger : MaxLinger, _timeProvider), _waiting.Reader.Completion);
        }
    }

    private sealed class PendingItem(T item)
    {
        public T Item { get; } = item;

        // Continuations run elsewhere, so that no caller's work delays the next batch.
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
