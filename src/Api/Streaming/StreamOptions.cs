using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Streaming;

/// <summary>Limits of the event streams of one Api; section <c>Streams</c>.</summary>
public sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>
    /// Open event streams; one more gets a <c>503 streams-full</c>. 1 to 50,000; default 5,200, below the connection limit of the edge
    /// proxy.
    /// </summary>
    [Range(1, 50_000)]
    public int Max { get; set; } = 5_200;

    /// <summary>
    /// Hunts that the streams follow: the Api reads each every two seconds until the hunt is over. 1 to 10,000; default 500.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxHunts { get; set; } = 500;
}
