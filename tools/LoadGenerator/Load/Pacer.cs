namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// Lets callers continue as requests are released. A waiting caller continues on the thread that releases its request: to hand thousands
/// of callers a second to other threads costs about as much as their requests.
/// </summary>
/// <param name="takesTurns">
/// Whether the caller that has waited longest is next. Otherwise it is the one that has waited shortest: then few callers have much to do,
/// and the memory of the others stays cold.
/// </param>
public sealed class Pacer(bool takesTurns = false)
{
    private static readonly Task<bool> Released = Task.FromResult(true);
    private static readonly Task<bool> Closed = Task.FromResult(false);

    private readonly Lock _lock = new();

    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = new();
    private int _free;
    private bool _isClosed;

    /// <summary>Waits for a request.</summary>
    /// <returns>False when the pacer is closed and all released requests are taken.</returns>
    public Task<bool> WaitAsync()
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return Released;
            }

            if (_isClosed)
            {
                return Closed;
            }

            var turn = new TaskCompletionSource<bool>();
            _waiting.AddLast(turn);
            return turn.Task;
        }
    }

    /// <summary>Releases requests, to waiting callers first.</summary>
    public void Release(int count)
    {
        for (; count > 0; count--)
        {
            LinkedListNode<TaskCompletionSource<bool>>? turn;
            lock (_lock)
            {
                turn = takesTurns ? _waiting.First : _waiting.Last;
                if (turn is null)
                {
                    _free += count;
                    return;
                }

                _waiting.Remove(turn);
            }

            turn.Value.SetResult(true);
        }
    }

    /// <summary>
    /// Ends the release of requests. Waiting callers get false on threads of the pool, because what follows a run must not run on the
    /// thread that closes.
    /// </summary>
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
