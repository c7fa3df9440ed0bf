using System.Collections.Concurrent;
using HdrHistogram;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Demo;

/// <summary>Counts a run while it goes on. The live display and the latencies come from here; the audit does not.</summary>
public sealed class DemoTally
{
    private readonly ConcurrentDictionary<string, int> _rejected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _troubles = new(StringComparer.Ordinal);
    private int _sent;
    private int _decided;
    private int _won;
    private int _retried;
    private int _gaveUp;

    /// <summary>Sends begun; the retries of one send count apart.</summary>
    public int Sent => _sent;

    /// <summary>Sends that were told <c>won</c>.</summary>
    public int Won => _won;

    /// <summary>Sends that were told an outcome.</summary>
    public int Decided => _decided;

    /// <summary>Attempts after the first of a send.</summary>
    public int Retried => _retried;

    /// <summary>Sends without a definite answer by their deadline.</summary>
    public int GaveUp => _gaveUp;

    public IReadOnlyDictionary<string, int> RejectedByReason => _rejected;

    public IReadOnlyDictionary<string, int> RefusedByProblem => _refused;

    /// <summary>Why attempts had to be repeated.</summary>
    public IReadOnlyDictionary<string, int> Troubles => _troubles;

    /// <summary>From a claim's first send to its known outcome.</summary>
    public LatencyHistogram Outcome { get; } = new();

    /// <summary>From a send to its refusal at the door.</summary>
    public LatencyHistogram Refusal { get; } = new();

    public void Begin() => Interlocked.Increment(ref _sent);

    /// <param name="first">Whether this was the claim's first send: the answer to a repeat says little about waiting.</param>
    public void Decide(ClaimReply answer, TimeSpan elapsed, bool first)
    {
        Interlocked.Increment(ref _decided);
        if (answer.What == Outcomes.Won)
        {
            Interlocked.Increment(ref _won);
        }
        else
        {
            Count(_rejected, answer.Reason ?? "without-reason");
        }

        if (first)
        {
            Outcome.Record(elapsed);
        }
    }

    public void Refuse(ClaimReply answer, TimeSpan elapsed)
    {
        Count(_refused, answer.What);
        Refusal.Record(elapsed);
    }

    public void Retry(ClaimReply answer)
    {
        Interlocked.Increment(ref _retried);
        Count(_troubles, answer.What);
    }

    public void GiveUp(ClaimReply answer)
    {
        Interlocked.Increment(ref _gaveUp);
        Count(_troubles, answer.What);
    }

    private static void Count(ConcurrentDictionary<string, int> counts, string name) =>
        counts.AddOrUpdate(name, 1, static (_, count) => count + 1);
}

/// <summary>A distribution of times, exact to 3 digits, from 1 µs to an hour.</summary>
public sealed class LatencyHistogram
{
    private static readonly long Longest = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly LongConcurrentHistogram _microseconds = new(1, Longest, 3);

    public long Count => _microseconds.TotalCount;

    public void Record(TimeSpan elapsed) => _microseconds.RecordValue(Math.Clamp((long)elapsed.TotalMicroseconds, 1, Longest));

    /// <summary>Null when nothing was recorded.</summary>
    public Percentiles? InMs() => Count == 0 ? null : new Percentiles(At(50), At(95), At(99), At(100), Count);

    private double At(double percentile) => Math.Round(_microseconds.GetValueAtPercentile(percentile) / 1_000.0, 2);
}

/// <summary>In milliseconds.</summary>
public sealed record Percentiles(double P50, double P95, double P99, double Max, long Count);
