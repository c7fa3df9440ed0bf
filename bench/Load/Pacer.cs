namespace TreasureHunt.Load;

/// <summary>
/// Lets through as many as it is told. A caller that waited goes on upon the thread that lets it through: to hand each of thousands a
/// second to another thread costs about as much as its call. When it is closed, callers end, and whatever follows must not
/// run on the thread that closes: those are handed to the pool.
/// </summary>
public sealed class Pacer
{
    private static readonly Task<bool> Open = Task.FromResult(true);
    private static readonly Task<bool> Shut = Task.FromResult(false);

    private readonly Lock _lock = new();

    // The last one first: few callers have much to do, and the others' memory stays cold.
    private readonly Stack<TaskCompletionSource<bool>> _waiting = new();
    private int _free;
    private bool _isClosed;

    /// <returns>Whether it was let through; false when the pacer is closed, and all have passed that it was told.</returns>
    public Task<bool> PassAsync()
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Open;
            }

            if (_isClosed)
            {
                return Shut;
            }

            var turn = new TaskCompletionSource<bool>();
            _waiting.Push(turn);
            return turn.Task;
        }
    }

    /// <summary>Lets so many more through, those who wait before those who come.</summary>
    public void Release(int count)
    {
        for (; count > 0; count--)
        {
            TaskCompletionSource<bool>? turn;
            lock (_lock)
            {
                if (!_waiting.TryPop(out turn))
                {
                    _free += count;
                    return;
                }
            }

            turn.SetResult(true);
        }
    }

    /// <summary>No more are released: whoever waits for one goes away.</summary>
    public void Close()
    {
        List<TaskCompletionSource<bool>> waiting;
        lock (_lock)
        {
            _isClosed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        ThreadPool.QueueUserWorkItem(static turns => turns.ForEach(turn => turn.SetResult(false)), waiting, preferLocal: false);
    }
}
