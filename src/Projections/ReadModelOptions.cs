using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Projections;

/// <summary>How long read models keep what is over. Section <c>ReadModels</c>.</summary>
public sealed class ReadModelOptions
{
    /// <summary>How long the previous generation of a read model can be rolled back to. 0 to 30 days; default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan KeepPrevious { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a claim can be read after its hunt has closed; Redis forgets it then, the event store never does. 1 to 3,650 days;
    /// default 400 days.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan KeepClaims { get; set; } = TimeSpan.FromDays(400);
}
