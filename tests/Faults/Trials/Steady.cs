using System.Globalization;

namespace TreasureHunt.Faults.Trials;

/// <summary>How one figure went through a soak.</summary>
/// <param name="What">The process, and the unit.</param>
/// <param name="Least">
/// The smallest value of each quarter: what comes and goes with the load, like a burst's connections and a heap before its collection, is
/// not growth.
/// </param>
/// <param name="Most">The largest of all.</param>
/// <param name="Series">Every value, in order.</param>
public sealed record Steady(string What, IReadOnlyList<double> Least, double Most, bool Held, IReadOnlyList<double> Series)
{
    /// <summary>One for each quarter, at the least: fewer tell nothing of growth.</summary>
    private const int Looks = 4;

    /// <param name="growth">How many times the first quarter's the last one's may be, beside the slack.</param>
    public static Steady Of(string what, IReadOnlyList<double> series, double growth, double slack, bool mayGrow)
    {
        var least = series.Chunk((series.Count + 3) / 4).Select(quarter => Math.Round(quarter.Min(), 1)).ToList();
        return new Steady(
            what, least, Math.Round(series.Max(), 1), series.Count >= Looks && (mayGrow || least[^1] <= (growth * least[0]) + slack),
            [.. series.Select(value => Math.Round(value, 1))]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{What,-30} {string.Join(" → ", Least.Select(value => value.ToString("0.#", CultureInfo.InvariantCulture).PadLeft(7)))}  most {Most,7:0.#}  {(Held ? "" : Series.Count < Looks ? "TOO FEW LOOKS" : "GREW")}");
}
