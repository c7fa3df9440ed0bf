using System.Collections.Concurrent;
using System.Net;

namespace TreasureHunt.Load;

/// <summary>A crowd of callers and what they were told. No two share a connection at a time.</summary>
public sealed class CallerPool(IPEndPoint site, BenchPlayers crowd, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Seconds that a caller waits for its outcome.</summary>
    private const int Patience = 10;

    /// <summary>The least that the API asks of a caller that it turns away.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// From when a request was due until when a caller that was turned away (429) sends it again, with the same key and each second, as the
    /// API asks of it. Its time goes on. Zero: it is told once.
    /// </summary>
    public TimeSpan RepeatFor { get; init; }

    // The one used last first: a crowd that is answered quickly needs few, and opening them is not what is measured.
    private readonly ConcurrentStack<Connection> _idle = [];

    /// <summary>Each caller sends its next request when it has the answer to its last one.</summary>
    public Task<CallTally> ClosedAsync(Scenario scenario, string run, int seed, int callers, TimeSpan duration)
    {
        var start = timeProvider.GetTimestamp();
        return CallAsync(
            scenario, run, seed, callers, Patience, () => Task.FromResult(timeProvider.GetElapsedTime(start) < duration),
            _ => timeProvider.GetTimestamp());
    }

    /// <summary>
    /// Each request when it is due, whether or not the system keeps up. Time counts from when a request was due: one that had
    /// to wait for a free caller waited as long as its user would have (coordinated omission; Tene, "How NOT to measure latency").
    /// </summary>
    /// <param name="rate">Requests a second.</param>
    /// <param name="wait">Seconds that a caller waits for its outcome; 0 for the acceptance alone.</param>
    public async Task<CallTally> OpenAsync(
        Scenario scenario, string run, int seed, int callers, TimeSpan duration, double rate, int wait = Patience)
    {
        var start = timeProvider.GetTimestamp();
        var due = new Pacer();
        // A thread of its own: a timer of the pool would be late whenever the pool is busy.
        // What waits for the thread to end goes on elsewhere: on the thread itself it would wait for itself.
        var paced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            Pace(due, start, duration, rate);
            paced.SetResult();
        })
        { IsBackground = true }.Start();
        var tally =
            await CallAsync(
                scenario, run, seed, callers, wait, due.PassAsync, n => start + (long)(n / rate * timeProvider.TimestampFrequency));
        await paced.Task;
        return tally;
    }

    public void Dispose()
    {
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
    }

    private void Pace(Pacer due, long start, TimeSpan duration, double rate)
    {
        using var never = new ManualResetEvent(false);
        var released = 0L;
        TimeSpan elapsed;
        do
        {
            // A millisecond is as fine as the kernel wakes anybody.
            never.WaitOne(1);
            elapsed = timeProvider.GetElapsedTime(start);
            // The n-th request is due at n / rate.
            var now = Math.Min((long)(elapsed.TotalSeconds * rate) + 1, (long)(duration.TotalSeconds * rate));
            due.Release((int)(now - released));
            released = now;
        }
        while (elapsed < duration);
        due.Close();
    }

    private async Task<CallTally> CallAsync(
        Scenario scenario, string run, int seed, int callers, int wait, Func<Task<bool>> turn, Func<long, long> begin)
    {
        var next = -1L;
        var start = timeProvider.GetTimestamp();
        var tallies = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallOn()));
        return CallTally.Sum(tallies, timeProvider.GetElapsedTime(start));

        async Task<CallTally> CallOn()
        {
            await Task.Yield();
            var tally = new CallTally(scenario.Treasures);
            var request = GC.AllocateUninitializedArray<byte>(2048);
            while (await turn())
            {
                // After the turn: whoever waits longer must not have the number of a request that is due earlier.
                var n = Interlocked.Increment(ref next);
                var since = begin(n);
                var (length, treasure, claims) = crowd.Write(request, scenario, run, seed, n, wait);
                var connection = _idle.TryPop(out var idle) ? idle : new Connection(site);
                var reply = await connection.SendAsync(request.AsMemory(0, length), CancellationToken.None);
                while (reply.Status == 429 && timeProvider.GetElapsedTime(since) + RetryAfter < RepeatFor)
                {
                    tally.Repeated++;
                    await Task.Delay(RetryAfter, timeProvider);
                    reply = await connection.SendAsync(request.AsMemory(0, length), CancellationToken.None);
                }

                tally.Take(reply, treasure, claims, timeProvider.GetElapsedTime(since));
                _idle.Push(connection);
            }

            return tally;
        }
    }
}
