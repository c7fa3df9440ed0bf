using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>How long after its event was recorded a read model tells it, in milliseconds.</summary>
public sealed class LagMetrics(TimeProvider timeProvider)
{
    private static readonly Histogram<double> Measured = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_projection_lag",
        unit: "ms",
        description: "From the recording of an event to its read model",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [
            5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000]
        });

    /// <summary>Under this name <see cref="Of"/> tells the number of claims decided together.</summary>
    public const string Batches = "batches";

    private readonly ConcurrentDictionary<string, Samples> _samples = new();

    public void Applied(string readModel, IReadOnlyList<RecordedEvent> facts)
    {
        var now = timeProvider.GetUtcNow();
        var samples = _samples.GetOrAdd(readModel, _ => new Samples());
        foreach (var fact in facts)
        {
            var lag = Math.Max(0, (now - fact.Recorded).TotalMilliseconds);
            Measured.Record(lag, new KeyValuePair<string, object?>("readmodel", readModel));
            samples.Add((float)lag);
        }

        if (readModel == ReadModelNames.Claims)
        {
            // Claims of one transaction were decided at one moment.
            foreach (var batch in facts.Select(fact => fact.Data).OfType<IClaimEvent>().CountBy(claim => claim.DecidedAt))
            {
                _samples.GetOrAdd(Batches, _ => new Samples()).Add(batch.Value);
            }
        }
    }

    /// <summary>Median, 99th percentile and maximum of the latest samples, and how many there were.</summary>
    public (double P50, double P99, double Max, int Count) Of(string readModel) =>
        _samples.TryGetValue(readModel, out var samples) ? samples.Summary() : (0, 0, 0, 0);

    public void Reset() => _samples.Clear();

    private sealed class Samples
    {
        private const int Kept = 100_000;

        private readonly Lock _lock = new();
        private readonly Queue<float> _latest = new();

        public void Add(float sample)
        {
            lock (_lock)
            {
                if (_latest.Count == Kept)
                {
                    _latest.Dequeue();
                }

                _latest.Enqueue(sample);
            }
        }

        public (double P50, double P99, double Max, int Count) Summary()
        {
            float[] sorted;
            lock (_lock)
            {
                sorted = [.. _latest];
            }

            Array.Sort(sorted);
            return sorted.Length == 0
                ? (0, 0, 0, 0) : (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)], sorted[^1], sorted.Length);
        }
    }
}
