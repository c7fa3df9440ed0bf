using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>Section <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    public const double MaxDrainSeconds = 8;

    /// <summary>
    /// Seconds for which an Api that was told to stop still serves while it says that it is not ready, from 0 to 8: hosts are given
    /// 40 s to end, and callers may wait 30 of them. Default 4; the proxy takes up to three to notice.
    /// </summary>
    [Range(0.0, MaxDrainSeconds)]
    public double DrainSeconds { get; set; } = 4;
}
