using System.Globalization;
using System.Text.Json.Serialization;

namespace TreasureHunt.Faults.Trials;

/// <summary>The samples of one metric during a soak.</summary>
/// <param name="Name">The process and the unit.</param>
/// <param name="QuarterMinimums">
/// The minimum of each quarter. Unlike the maximum it does not contain a burst's connections or a heap before its collection.
/// </param>
/// <param name="Held">Whether there are enough samples and the metric did not grow beyond its limit.</param>
/// <param name="Series">All samples, oldest first.</param>
public sealed record SoakMetric(
    [property: JsonPropertyName("what")] string Name,
    [property: JsonPropertyName("least")] IReadOnlyList<double> QuarterMinimums,
    [property: JsonPropertyName("most")] double Max,
    bool Held,
    IReadOnlyList<double> Series)
{
    /// <summary>One for each quarter.</summary>
    private const int MinSamples = 4;

    /// <param name="growth">The last quarter's minimum may be this many times the first's, plus the slack.</param>
    public static SoakMetric Of(string name, IReadOnlyList<double> series, double growth, double slack, bool mayGrow)
    {
        var minimums = series.Chunk((series.Count + 3) / 4).Select(quarter => Math.Round(quarter.Min(), 1)).ToList();
        return new SoakMetric(
            name, minimums, Math.Round(series.Max(), 1),
            series.Count >= MinSamples && (mayGrow || minimums[^1] <= (growth * minimums[0]) + slack),
            [.. series.Select(value => Math.Round(value, 1))]);
    }

    public override string ToString()
    {
        var minimums = QuarterMinimums.Select(value => value.ToString("0.#", CultureInfo.InvariantCulture).PadLeft(7));
        var verdict = Held ? "" : Series.Count < MinSamples ? "TOO FEW SAMPLES" : "GREW";
        return string.Create(CultureInfo.InvariantCulture, $"{Name,-30} {string.Join(" → ", minimums)}  max {Max,7:0.#}  {verdict}");
    }
}
