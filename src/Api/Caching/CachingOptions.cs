using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Caching;

/// <summary>The cache in the memory of one Api; section <c>Caching</c>.</summary>
public sealed class CachingOptions
{
    public const string Section = "Caching";

    /// <summary>
    /// How long a value in memory is used without a read, or without a check that no pushed change is missing; a change is visible at
    /// most this much later. 10 ms to 10 s; default 250 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan LocalTtl { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the last known value is served while no cache answers. 1 s to 1 hour; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FailSafeTtl { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The most values in memory, and the most pushed views, of one or two kilobytes each. Requests for ids that do not exist cannot exceed
    /// this number either. 1,000 to 10,000,000; default 20,000.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int MaxLocalEntries { get; set; } = 20_000;
}
