using System.Collections.Concurrent;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Measuring;

/// <summary>Counts requests and responses during a run, for the progress display and the latencies. The audit does not use it.</summary>
public sealed class ClaimTally
{
    private readonly ConcurrentDictionary<string, int> _rejected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _troubles = new(StringComparer.Ordinal);
    private int _sent;
    private int _decided;
    private int _won;
    private int _retried;
    private int _gaveUp;

    /// <summary>Requests that were begun, without their retries.</summary>
    public int Sent => _sent;

    /// <summary>Requests with the outcome <c>won</c>.</summary>
    public int Won => _won;

    /// <summary>Requests with an outcome.</summary>
    public int Decided => _decided;

    /// <summary>Retries.</summary>
    public int Retried => _retried;

    /// <summary>Requests without a definite response at their deadline.</summary>
    public int GaveUp => _gaveUp;

    public IReadOnlyDictionary<string, int> RejectedByReason => _rejected;

    public IReadOnlyDictionary<string, int> RefusedByProblem => _refused;

    /// <summary>Why requests were retried or given up.</summary>
    public IReadOnlyDictionary<string, int> Troubles => _troubles;

    /// <summary>From a claim's first request to its known outcome.</summary>
    public LatencyHistogram Outcome { get; } = new();

    /// <summary>From a request to its refusal.</summary>
    public LatencyHistogram Refusal { get; } = new();

    public void Begin() => Interlocked.Increment(ref _sent);

    /// <param name="first">
    /// Whether this was the claim's first request. A repeated one is answered from the record, so its latency is not counted.
    /// </param>
    public void Decide(ClaimReply reply, TimeSpan elapsed, bool first)
    {
        Interlocked.Increment(ref _decided);
        if (reply.Result == Outcomes.Won)
        {
            Interlocked.Increment(ref _won);
        }
        else
        {
            Count(_rejected, reply.Reason ?? "without-reason");
        }

        if (first)
        {
            Outcome.Record(elapsed);
        }
    }

    public void Refuse(ClaimReply reply, TimeSpan elapsed)
    {
        Count(_refused, reply.Result);
        Refusal.Record(elapsed);
    }

    public void Retry(ClaimReply reply)
    {
        Interlocked.Increment(ref _retried);
        Count(_troubles, reply.Result);
    }

    public void GiveUp(ClaimReply reply)
    {
        Interlocked.Increment(ref _gaveUp);
        Count(_troubles, reply.Result);
    }

    private static void Count(ConcurrentDictionary<string, int> counts, string name) =>
        counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
}
