using HdrHistogram;

namespace TreasureHunt.LoadGenerator.Measuring;

/// <summary>A distribution of latencies from 1 µs to an hour, exact to three digits. Many threads may record at once.</summary>
public sealed class LatencyHistogram
{
    private static readonly long MaxMicroseconds = TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly LongConcurrentHistogram _microseconds = new(1, MaxMicroseconds, 3);

    public long Count => _microseconds.TotalCount;

    public void Record(TimeSpan elapsed) => Record((long)elapsed.TotalMicroseconds);

    public void Record(long microseconds) => _microseconds.RecordValue(Math.Clamp(microseconds, 1, MaxMicroseconds));

    /// <summary>The percentiles; zeros when nothing was recorded.</summary>
    public LatencySummary Summarize() => new(Count, At(50), At(95), At(99), At(100));

    private double At(double percentile) => Count == 0 ? 0 : _microseconds.GetValueAtPercentile(percentile) / 1_000.0;
}
