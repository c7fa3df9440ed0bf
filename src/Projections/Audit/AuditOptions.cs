using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Projections.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// Interval between two background audits, each of one hunt, up to 7 days; 0 switches them off. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long one audit waits in all for read models that are behind; then it compares them as they are. 0 to 10 minutes; default 10
    /// seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
