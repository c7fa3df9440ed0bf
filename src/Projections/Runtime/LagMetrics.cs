using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>The time from the recording of an event to the update of each read model, in milliseconds.</summary>
public sealed class LagMetrics(TimeProvider timeProvider)
{
    /// <summary>The name under which <see cref="SummaryOf"/> returns the number of claims in one batch of claims.</summary>
    public const string ClaimBatches = "batches";

    private const double MicrosecondsPerMillisecond = 1_000;

    private static readonly Histogram<double> ProjectionLag = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_projection_lag",
        unit: "ms",
        description: "From the recording of an event to its read model",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000],
        });

    private readonly ConcurrentDictionary<string, PercentileRecorder> _recorders = new();

    public void RecordBatch(string readModel, IReadOnlyList<RecordedEvent> events)
    {
        var now = timeProvider.GetUtcNow();
        var recorder = RecorderOf(readModel, MicrosecondsPerMillisecond);
        foreach (var recorded in events)
        {
            var lag = Math.Max(0, (now - recorded.RecordedAt).TotalMilliseconds);
            ProjectionLag.Record(lag, new KeyValuePair<string, object?>("readmodel", readModel));
            recorder.Record(lag);
        }

        if (readModel == ReadModelNames.Claims)
        {
            // All claims of one transaction have the same time of decision.
            foreach (var batch in events.Select(recorded => recorded.Data).OfType<IClaimEvent>().CountBy(claim => claim.DecidedAt))
            {
                RecorderOf(ClaimBatches, unitsPerValue: 1).Record(batch.Value);
            }
        }
    }

    /// <summary>
    /// Median, 99th percentile and maximum of the values since the last reset, exact to three digits, and their number.
    /// </summary>
    public (double P50, double P99, double Max, long Count) SummaryOf(string readModel) =>
        _recorders.TryGetValue(readModel, out var recorder) ? recorder.Summarize() : (0, 0, 0, 0);

    public void Reset() => _recorders.Clear();

    private PercentileRecorder RecorderOf(string name, double unitsPerValue) =>
        _recorders.GetOrAdd(name, _ => new PercentileRecorder(unitsPerValue));
}
