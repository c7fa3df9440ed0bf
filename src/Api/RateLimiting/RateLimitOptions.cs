using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>How many claims one caller may post to one Api; section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Claims a second of one player in the long run, 0.01 to 1,000,000. Default 10.</summary>
    [Range(0.01, 1_000_000)]
    public double PlayerPerSecond { get; init; } = 10;

    /// <summary>Claims that one player may post at once after a pause, 1 to 1,000,000. Default 40.</summary>
    [Range(1, 1_000_000)]
    public int PlayerBurst { get; init; } = 40;

    /// <summary>
    /// Claims a second of one storefront (the <c>sub</c> of its token) for all of its players, 0.01 to 1,000,000. Default 2,000.
    /// </summary>
    [Range(0.01, 1_000_000)]
    public double StorefrontPerSecond { get; init; } = 2_000;

    /// <summary>Claims that one storefront may post at once after a pause, 1 to 1,000,000. Default 4,000.</summary>
    [Range(1, 1_000_000)]
    public int StorefrontBurst { get; init; } = 4_000;
}
