namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Sends prepared claims with many concurrent callers.</summary>
/// <param name="callers">The most claims in flight.</param>
public sealed class PeakLoad(RetryingCaller caller, int callers, TimeProvider timeProvider)
{
    /// <summary>A closed loop: each caller sends its next claim after the response to its last one.</summary>
    /// <param name="sentAtMs">Receives the time of each claim's first request, in milliseconds after the start.</param>
    public Task RunClosedLoopAsync(IReadOnlyList<PreparedClaim> claims, double?[] sentAtMs, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        return RunAsync(claims, sentAtMs, start, () => Task.FromResult(true), _ => timeProvider.GetTimestamp(), cancellationToken);
    }

    /// <summary>
    /// An open loop: each claim is sent when it is due, whether or not the engine keeps up. Its latency counts from when it was due, also
    /// when it had to wait for a free caller.
    /// </summary>
    /// <param name="claims">In the order of their offsets.</param>
    /// <param name="sentAtMs">Receives the time of each claim's first request, in milliseconds after the start.</param>
    public async Task RunOnScheduleAsync(
        IReadOnlyList<PreparedClaim> claims, double?[] sentAtMs, CancellationToken cancellationToken)
    {
        var start = timeProvider.GetTimestamp();
        var pacer = new Pacer();
        var due = 0;
        var lastOffset = TimeSpan.FromMilliseconds(claims.Count == 0 ? 0 : claims[^1].OffsetMs);
        var pacing = new OpenLoopPacer(lastOffset, DueAfter, timeProvider).RunAsync(pacer, start, cancellationToken);
        await RunAsync(claims, sentAtMs, start, pacer.WaitAsync, DueAt, cancellationToken);
        await pacing;
        cancellationToken.ThrowIfCancellationRequested();

        long DueAfter(TimeSpan elapsed)
        {
            while (due < claims.Count && TimeSpan.FromMilliseconds(claims[due].OffsetMs) <= elapsed)
            {
                due++;
            }

            return due;
        }

        long DueAt(int claim) => start + (long)(claims[claim].OffsetMs / 1_000 * timeProvider.TimestampFrequency);
    }

    private async Task RunAsync(
        IReadOnlyList<PreparedClaim> claims, double?[] sentAtMs, long start, Func<Task<bool>> waitForTurn, Func<int, long> startOf,
        CancellationToken cancellationToken)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(callers, claims.Count)).Select(_ => CallAsync()));
        await caller.WaitForOutcomesAsync();

        async Task CallAsync()
        {
            await Task.Yield();
            while (await waitForTurn() && Interlocked.Increment(ref next) is var claim && claim < claims.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sentAtMs[claim] = timeProvider.GetElapsedTime(start).TotalMilliseconds;
                await caller.CallAsync(claims[claim], startOf(claim), cancellationToken);
            }
        }
    }
}
