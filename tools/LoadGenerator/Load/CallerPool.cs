using System.Collections.Concurrent;
using System.Net;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Concurrent callers of a scenario. Each request has a connection of its own while it lasts.</summary>
public sealed class CallerPool(IPEndPoint site, PlayerRequests requests, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Seconds that a request waits for its outcome.</summary>
    private const int OutcomeWait = 10;

    /// <summary>The shortest Retry-After of the API.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long after its due time a request that is refused with 429 is sent again, each second and with the same key. Its latency
    /// includes the retries. Zero: no retries.
    /// </summary>
    public TimeSpan RetryTimeout { get; init; }

    /// <summary>
    /// Whether the callers of an open loop take turns and each keeps its connection, like thousands of users. Otherwise few callers and
    /// connections carry all requests: fast responses need few, and opening them is not measured.
    /// </summary>
    public bool TakesTurns { get; init; }

    /// <summary>A response that comes later counts as none.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.MaxValue;

    // The last used connection first.
    private readonly ConcurrentStack<HttpConnection> _idle = [];
    private readonly ConcurrentDictionary<int, HttpConnection> _own = [];

    /// <summary>A closed loop: each caller sends its next request after the response to its last one.</summary>
    public Task<CallTally> ClosedAsync(Scenario scenario, string run, int seed, int callers, TimeSpan duration)
    {
        var start = timeProvider.GetTimestamp();
        return CallAsync(
            scenario, run, seed, callers, OutcomeWait, () => Task.FromResult(timeProvider.GetElapsedTime(start) < duration),
            _ => timeProvider.GetTimestamp());
    }

    /// <summary>
    /// An open loop: each request is sent when it is due, whether or not the system keeps up. Its latency counts from when it was due: a
    /// request that waited for a free caller waited as long as its user would have (coordinated omission; Tene, "How NOT to measure
    /// latency").
    /// </summary>
    /// <param name="rate">Requests a second.</param>
    /// <param name="wait">Seconds that a request waits for its outcome; 0 for the acceptance alone.</param>
    public async Task<CallTally> OpenAsync(
        Scenario scenario, string run, int seed, int callers, TimeSpan duration, double rate, int wait = OutcomeWait)
    {
        var start = timeProvider.GetTimestamp();
        var pacer = new Pacer(TakesTurns);
        var pacing = new OpenLoopPacer(duration, DueAfter, timeProvider).RunAsync(pacer, start, CancellationToken.None);
        var tally = await CallAsync(scenario, run, seed, callers, wait, pacer.WaitAsync, DueAt);
        await pacing;
        return tally;

        // The n-th request is due at n / rate.
        long DueAfter(TimeSpan elapsed) => Math.Min((long)(elapsed.TotalSeconds * rate) + 1, (long)(duration.TotalSeconds * rate));
        long DueAt(long n) => start + (long)(n / rate * timeProvider.TimestampFrequency);
    }

    public void Dispose()
    {
        foreach (var connection in _idle.Concat(_own.Values))
        {
            connection.Dispose();
        }
    }

    private async Task<CallTally> CallAsync(
        Scenario scenario, string run, int seed, int callers, int wait, Func<Task<bool>> turn, Func<long, long> begin)
    {
        var next = -1L;
        var start = timeProvider.GetTimestamp();
        var tallies = await Task.WhenAll(Enumerable.Range(0, callers).Select(CallRepeatedlyAsync));
        return CallTally.Sum(tallies, timeProvider.GetElapsedTime(start));

        async Task<CallTally> CallRepeatedlyAsync(int caller)
        {
            await Task.Yield();
            var tally = new CallTally(scenario.Treasures);
            var request = GC.AllocateUninitializedArray<byte>(2048);
            while (await turn())
            {
                // Taken only now: a caller that still waits must not hold the number of a request that is already due.
                var n = Interlocked.Increment(ref next);
                var since = begin(n);
                var (length, treasure, claims) = requests.Write(request, scenario, run, seed, n, wait);
                var connection = TakesTurns ? _own.GetOrAdd(caller, _ => new HttpConnection(site))
                    : _idle.TryPop(out var idle) ? idle
                    : new HttpConnection(site);
                var reply = await connection.SendAsync(request.AsMemory(0, length), CancellationToken.None);
                while (reply.Status == 429 && timeProvider.GetElapsedTime(since) + RetryInterval < RetryTimeout)
                {
                    tally.Retried++;
                    await Task.Delay(RetryInterval, timeProvider);
                    reply = await connection.SendAsync(request.AsMemory(0, length), CancellationToken.None);
                }

                var elapsed = timeProvider.GetElapsedTime(since);
                tally.Record(elapsed > AnswerTimeout ? default : reply, treasure, claims, elapsed);
                if (!TakesTurns)
                {
                    _idle.Push(connection);
                }
            }

            return tally;
        }
    }
}
