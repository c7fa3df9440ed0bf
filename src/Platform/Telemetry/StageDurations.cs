using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TreasureHunt.Platform.Telemetry;

/// <summary>Durations of the stages of a claim, in one histogram.</summary>
public static class StageDurations
{
    private static readonly Histogram<double> Duration = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_stage_duration",
        unit: "ms",
        description: "Time that a batch of claims spends in a stage",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000] });

    /// <summary>Records the time since <paramref name="since"/>, a <see cref="Stopwatch"/> timestamp.</summary>
    /// <returns>The timestamp of the start of the next stage.</returns>
    public static long Mark(string stage, long since)
    {
        Duration.Record(Stopwatch.GetElapsedTime(since).TotalMilliseconds, new KeyValuePair<string, object?>("stage", stage));
        return Stopwatch.GetTimestamp();
    }
}
