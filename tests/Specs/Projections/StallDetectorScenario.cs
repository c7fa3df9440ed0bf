using TreasureHunt.Projections.Health;

namespace TreasureHunt.Specs.Projections;

/// <summary>Observations of one shard, with a threshold of 30 s.</summary>
public abstract class StallDetectorScenario
{
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(30);

    private protected StallDetector Detector { get; set; } = StallDetector.Empty;

    private protected void Observe(int second, long head, long position) =>
        Detector = Detector.Observe(TimeSpan.FromSeconds(second), head, new Dictionary<string, long> { ["redis:All"] = position });

    private protected IReadOnlyDictionary<string, TimeSpan> Stalled(int second) =>
        Detector.StalledShards(TimeSpan.FromSeconds(second), Threshold);
}
