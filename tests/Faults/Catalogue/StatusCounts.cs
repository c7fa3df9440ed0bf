namespace TreasureHunt.Faults.Catalogue;

/// <summary>Formats numbers of answers by HTTP status.</summary>
internal static class StatusCounts
{
    public static string Format<TCount>(IEnumerable<KeyValuePair<int, TCount>> statuses) =>
        string.Join(' ', statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}"));
}
