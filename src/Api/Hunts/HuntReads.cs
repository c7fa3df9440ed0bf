using System.Globalization;
using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.Hunts;

/// <summary>Responses that are made from several views.</summary>
internal static class HuntReads
{
    private const ulong FnvOffsetBasis = 14695981039346656037UL;
    private const ulong FnvPrime = 1099511628211UL;

    /// <summary>
    /// Reads the views of these ids, in chunks of <see cref="ReadModelReader.MaxConcurrentReads"/>. Missing ones are left out.
    /// </summary>
    public static async Task<List<ReadView<TView>>> ReadAllAsync<TView>(string[] ids, Func<string, ValueTask<ReadView<TView>?>> read)
    {
        var views = new List<ReadView<TView>>(ids.Length);
        foreach (var chunk in ids.Chunk(ReadModelReader.MaxConcurrentReads))
        {
            views.AddRange((await Task.WhenAll(chunk.Select(id => read(id).AsTask()))).OfType<ReadView<TView>>());
        }

        return views;
    }

    /// <summary>The highest sequence; 0 without views.</summary>
    public static long MaxSequence<TView>(List<ReadView<TView>> views) => views.Count == 0 ? 0 : views.Max(view => view.Sequence);

    /// <summary>The time of the oldest view.</summary>
    public static DateTimeOffset OldestTime<TView>(List<ReadView<TView>> views, DateTimeOffset withoutViews) =>
        views.Count == 0 ? withoutViews : views.Min(view => view.TakenAt);

    /// <summary>
    /// A hash for the ETag (FNV-1a) of the parts of a response that can change while the highest sequence of its views stays the same.
    /// </summary>
    public static string Fingerprint(IEnumerable<string> parts)
    {
        var hash = FnvOffsetBasis;
        foreach (var c in parts.SelectMany(part => part.Append('|')))
        {
            hash = (hash ^ c) * FnvPrime;
        }

        return hash.ToString("x", CultureInfo.InvariantCulture);
    }
}
