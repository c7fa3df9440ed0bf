using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>
/// A group commit whose commits end only when a spec completes them, so that the current batch and the queued items are known
/// without waiting for time to pass.
/// </summary>
internal sealed class ControlledCommits : IAsyncDisposable
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly Queue<TaskCompletionSource> _uncommitted = new();
    private readonly List<IReadOnlyList<int>> _batches = [];
    private readonly Lock _lock = new();
    private bool _completesImmediately;

    public ControlledCommits(int capacity = 100, int maxBatch = 100, Func<IReadOnlyList<int>, Task>? pause = null) =>
        GroupCommit = new GroupCommit<int>(capacity, maxBatch, Commit, pause);

    public GroupCommit<int> GroupCommit { get; }

    /// <summary>Batches in the order in which they began, such as <c>1 | 2 3 4</c>.</summary>
    public string Batches
    {
        get
        {
            lock (_lock)
            {
                return string.Join(" | ", _batches.Select(batch => string.Join(' ', batch)));
            }
        }
    }

    /// <summary>Adds items, which must not exceed the capacity.</summary>
    public Task[] Add(params int[] items) => [.. items.Select(item =>
    {
        Assert.True(GroupCommit.TryAdd(item, out var committed));
        return committed;
    })];

    /// <summary>Waits until one more batch has begun.</summary>
    public Task BatchBegunAsync() => _begun.WaitAsync(TestContext.Current.CancellationToken).WithTimeout();

    /// <summary>Completes the oldest uncommitted batch.</summary>
    public void Succeed() => TakeOldestBatch().SetResult();

    public void Fail(Exception exception) => TakeOldestBatch().SetException(exception);

    /// <summary>Completes all batches from now on and waits until the queue is empty.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _completesImmediately = true;
            while (_uncommitted.TryDequeue(out var batch))
            {
                batch.TrySetResult();
            }
        }

        await GroupCommit.DisposeAsync().AsTask().WithTimeout();
    }

    private Task Commit(IReadOnlyList<int> batch)
    {
        lock (_lock)
        {
            _batches.Add(batch);
            var commit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_completesImmediately)
            {
                commit.SetResult();
            }
            else
            {
                _uncommitted.Enqueue(commit);
            }

            _begun.Release();
            return commit.Task;
        }
    }

    private TaskCompletionSource TakeOldestBatch()
    {
        lock (_lock)
        {
            return _uncommitted.Dequeue();
        }
    }
}
