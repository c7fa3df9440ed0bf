using HdrHistogram;

namespace TreasureHunt.Projections.Runtime;

/// <summary>Records values and computes their percentiles, exact to three digits. Thread-safe.</summary>
/// <param name="unitsPerValue">The resolution: a value of 1 has this many units. A histogram counts whole units.</param>
internal sealed class PercentileRecorder(double unitsPerValue)
{
    /// <summary>One day in microseconds. Larger values are recorded as this one.</summary>
    private const long MaxUnits = 86_400_000_000;

    private const int SignificantDigits = 3;

    private readonly Lock _lock = new();
    private readonly LongHistogram _histogram = new(MaxUnits, SignificantDigits);

    public void Record(double value)
    {
        var units = (long)Math.Min(MaxUnits, Math.Round(value * unitsPerValue));
        lock (_lock)
        {
            _histogram.RecordValue(units);
        }
    }

    /// <summary>Median, 99th percentile, maximum and number of the recorded values; zeros when there are none.</summary>
    public (double P50, double P99, double Max, long Count) Summarize()
    {
        lock (_lock)
        {
            return _histogram.TotalCount == 0
                ? (0, 0, 0, 0)
                : (ValueAt(50), ValueAt(99), ValueAt(100), _histogram.TotalCount);
        }
    }

    private double ValueAt(double percentile) => _histogram.GetValueAtPercentile(percentile) / unitsPerValue;
}
