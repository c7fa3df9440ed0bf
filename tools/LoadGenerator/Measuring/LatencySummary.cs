namespace TreasureHunt.LoadGenerator.Measuring;

/// <summary>Percentiles of a latency, in milliseconds.</summary>
public sealed record LatencySummary(long Count, double P50, double P95, double P99, double Max)
{
    /// <summary>The summary of no measurement.</summary>
    public static readonly LatencySummary None = new(0, 0, 0, 0, 0);

    /// <summary>Two decimals are enough for a report.</summary>
    public LatencySummary Rounded() => this with { P50 = Round(P50), P95 = Round(P95), P99 = Round(P99), Max = Round(Max) };

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
