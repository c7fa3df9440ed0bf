using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>
/// A line whose commits end only when a spec says so: what is under way and what gathers meanwhile is known exactly,
/// and nothing waits for a time to pass.
/// </summary>
internal sealed class ControlledCommits : IAsyncDisposable
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly Queue<TaskCompletionSource> _underWay = new();
    private readonly List<IReadOnlyList<int>> _batches = [];
    private readonly Lock _lock = new();
    private bool _open;

    public ControlledCommits(int capacity = 100, int maxBatch = 100, TimeSpan lingerPerItem = default, TimeProvider? time = null) =>
        Line = new GroupCommit<int>(capacity, maxBatch, lingerPerItem, time ?? TimeProvider.System, Commit);

    public GroupCommit<int> Line { get; }

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

    /// <summary>Puts items in the line; each has room.</summary>
    public Task[] Add(params int[] items) => [.. items.Select(item =>
    {
        Assert.True(Line.TryAdd(item, out var committed));
        return committed;
    })];

    /// <summary>Ends when one more batch has begun.</summary>
    public Task Begun() => _begun.WaitAsync(TestContext.Current.CancellationToken).Soon();

    /// <summary>Ends the oldest batch that is under way.</summary>
    public void Succeed() => Next().SetResult();

    public void Fail(Exception exception) => Next().SetException(exception);

    /// <summary>Lets every batch end at once from now on, and the line run empty.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _open = true;
            while (_underWay.TryDequeue(out var batch))
            {
                batch.TrySetResult();
            }
        }

        await Line.DisposeAsync().AsTask().Soon();
    }

    private Task Commit(IReadOnlyList<int> batch)
    {
        lock (_lock)
        {
            _batches.Add(batch);
            var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open)
            {
                underWay.SetResult();
            }
            else
            {
                _underWay.Enqueue(underWay);
            }

            _begun.Release();
            return underWay.Task;
        }
    }

    private TaskCompletionSource Next()
    {
        lock (_lock)
        {
            return _underWay.Dequeue();
        }
    }
}

internal static class Patience
{
    /// <summary>Turns a hang into a failure. No spec waits this long to pass.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
