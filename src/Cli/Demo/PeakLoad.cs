namespace TreasureHunt.Cli.Demo;

/// <summary>Lets a crowd loose on the door.</summary>
/// <param name="callers">Claims under way at once, at most.</param>
public sealed class PeakLoad(RetryingCaller caller, int callers, TimeProvider timeProvider)
{
    /// <summary>As fast as it goes: each caller sends its next claim when it knows about its last one.</summary>
    /// <param name="sentAtMs">Filled in with when each claim was sent after the start.</param>
    public async Task RushAsync(IReadOnlyList<Send> sends, double?[] sentAtMs, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(callers, sends.Count)).Select(_ => CallOnAsync()));
        await caller.FollowedAsync();

        async Task CallOnAsync()
        {
            await Task.Yield();
            for (var i = Interlocked.Increment(ref next); i < sends.Count; i = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = timeProvider.GetTimestamp();
                sentAtMs[i] = timeProvider.GetElapsedTime(start, now).TotalMilliseconds;
                await caller.CallAsync(sends[i], now, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Each claim when it is due, whether or not the engine keeps up. Time counts from when a claim was due,
    /// also for one that had to wait for a free caller.
    /// </summary>
    public async Task KeepTimeAsync(IReadOnlyList<Send> sends, double?[] sentAtMs, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        using var free = new SemaphoreSlim(callers);
        var calls = new List<Task>(sends.Count);
        try
        {
            for (var i = 0; i < sends.Count; i++)
            {
                var due = TimeSpan.FromMilliseconds(sends[i].OffsetMs);
                if (due - timeProvider.GetElapsedTime(start) is var early && early > TimeSpan.Zero)
                {
                    await Task.Delay(early, timeProvider, cancellationToken);
                }

                await free.WaitAsync(cancellationToken);
                sentAtMs[i] = timeProvider.GetElapsedTime(start).TotalMilliseconds;
                calls.Add(CallAsync(sends[i], start + (long)(due.TotalSeconds * timeProvider.TimestampFrequency)));
            }
        }
        finally
        {
            await Task.WhenAll(calls);
        }

        await caller.FollowedAsync();

        async Task CallAsync(Send send, long due)
        {
            try
            {
                await caller.CallAsync(send, due, cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }
    }
}
