using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Streaming;

/// <summary>What streams may take of one Api. Section <c>Streams</c>.</summary>
public sealed class StreamOptions
{
    /// <summary>
    /// Event streams at a time; one more is a <c>503 streams-full</c>. 1 to 50,000; default 4,000, below the connections that the proxy
    /// takes.
    /// </summary>
    [Range(1, 50_000)]
    public int Max { get; set; } = 4_000;

    /// <summary>Hunts that are watched at a time: each is read every two seconds while it is not over. 1 to 10,000; default 500.</summary>
    [Range(1, 10_000)]
    public int MaxHunts { get; set; } = 500;
}
