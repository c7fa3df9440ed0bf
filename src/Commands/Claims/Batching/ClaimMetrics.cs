using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Claims.Batching;

internal static class ClaimMetrics
{
    private static readonly Counter<long> Decided = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_claims_decided", description: "Claims decided, by outcome and reason");

    private static readonly Histogram<int> Batch = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_batch_claims",
        description: "Claims decided in one transaction",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });

    public static void Committed(IReadOnlyList<IClaimEvent> decided)
    {
        Batch.Record(decided.Count);
        foreach (var group in decided.GroupBy(decision => (decision as ClaimRefused)?.Reason))
        {
            Decided.Add(
                group.Count(),
                new("outcome", group.Key is null ? Outcomes.Won : Outcomes.Rejected),
                new("reason", group.Key ?? ""));
        }
    }
}
