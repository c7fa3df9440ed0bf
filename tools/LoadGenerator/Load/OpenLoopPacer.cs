namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// Releases requests when they are due, whether or not the system keeps up. It runs on a thread of its own, because a timer of the thread
/// pool is late whenever the pool is busy.
/// </summary>
/// <param name="duration">The pacer is closed after this time.</param>
/// <param name="dueAfter">The number of requests that are due after a time since the start.</param>
internal sealed class OpenLoopPacer(TimeSpan duration, Func<TimeSpan, long> dueAfter, TimeProvider timeProvider)
{
    /// <param name="start">Timestamp of the start.</param>
    /// <returns>Completes when the pacer is closed.</returns>
    public Task RunAsync(Pacer pacer, long start, CancellationToken cancellationToken)
    {
        // Continuations run on the pool: on the pacing thread they would wait for its own end.
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            Release(pacer, start, cancellationToken);
            pacer.Close();
            closed.SetResult();
        })
        { IsBackground = true }.Start();
        return closed.Task;
    }

    private void Release(Pacer pacer, long start, CancellationToken cancellationToken)
    {
        var released = 0L;
        for (var elapsed = TimeSpan.MinValue; elapsed < duration;)
        {
            // The kernel wakes a thread after a millisecond at the earliest.
            if (cancellationToken.WaitHandle.WaitOne(1))
            {
                return;
            }

            elapsed = timeProvider.GetElapsedTime(start);
            var due = dueAfter(elapsed);
            pacer.Release((int)(due - released));
            released = due;
        }
    }
}
