using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Projections.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// Pause between two audits of one hunt each in the background, up to 7 days; 0 switches them off. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);
}
