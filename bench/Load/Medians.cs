namespace TreasureHunt.Load;

internal static class Medians
{
    /// <summary>The middle value; of an even number of values the higher one of the two in the middle. 0 for no values.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}
