using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Projections.LeaderElection;

/// <summary>Section <c>LeaderElection</c>, the same for every Projections worker.</summary>
public sealed class LeaderElectionOptions : IValidatableObject
{
    public const string Section = "LeaderElection";

    /// <summary>
    /// PostgreSQL ends the leader's session after this time without a heartbeat; then another worker leads. 2 seconds to 1 minute.
    /// Default 4 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Interval of the leader's heartbeats, and of the attempts of the other workers to lead. 100 ms to 30 seconds, at most half of
    /// <see cref="LeaseDuration"/>. Default 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HeartbeatInterval * 2 > LeaseDuration)
        {
            yield return new ValidationResult(
                "it must be at most half of LeaderElection__LeaseDuration.", [nameof(HeartbeatInterval)]);
        }
    }
}
