using System.Globalization;
using TreasureHunt.Load;

namespace TreasureHunt.Faults.Trials;

/// <summary>How one figure went through a soak.</summary>
/// <param name="What">The process, and the unit.</param>
/// <param name="First">Median of the first quarter.</param>
/// <param name="Last">Median of the last quarter.</param>
/// <param name="Most">Largest.</param>
public sealed record Steady(string What, double First, double Last, double Most, bool Held)
{
    public static Steady Of(string what, IReadOnlyList<double> series, double growth, double slack, bool mayGrow)
    {
        var quarter = Math.Max(1, series.Count / 4);
        var (first, last) = (Bench.Median(series.Take(quarter)), Bench.Median(series.TakeLast(quarter)));
        return new Steady(what, Math.Round(first, 1), Math.Round(last, 1), Math.Round(series.Max(), 1), mayGrow || last <= (growth * first) + slack);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What,-30} {First,8:0.#} → {Last,8:0.#}  most {Most,8:0.#}  {(Held ? "" : "GREW")}");
}
