using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>The claims that one caller may post to one Api; section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Claims of one player per second on average. 0.01 to 1,000,000; default 10.</summary>
    [Range(0.01, 1_000_000)]
    public double PlayerPerSecond { get; init; } = 10;

    /// <summary>Claims of one player at once after a pause. 1 to 1,000,000; default 40.</summary>
    [Range(1, 1_000_000)]
    public int PlayerBurst { get; init; } = 40;

    /// <summary>
    /// Claims of one storefront (the <c>sub</c> of its token) for all of its players per second on average. 0.01 to 1,000,000; default
    /// 2,000.
    /// </summary>
    [Range(0.01, 1_000_000)]
    public double StorefrontPerSecond { get; init; } = 2_000;

    /// <summary>Claims of one storefront at once after a pause. 1 to 1,000,000; default 4,000.</summary>
    [Range(1, 1_000_000)]
    public int StorefrontBurst { get; init; } = 4_000;
}
