using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>The stop of an Api; section <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    public const double MaxDrainSeconds = 8;

    /// <summary>
    /// Seconds for which an Api that is told to stop still serves while it reports that it is not ready. 0 to 8; default 4. The edge proxy
    /// needs up to three seconds to notice. Hosts get 40 s to stop, and callers may wait for outcomes for 30 of them.
    /// </summary>
    [Range(0.0, MaxDrainSeconds)]
    public double DrainSeconds { get; set; } = 4;
}
