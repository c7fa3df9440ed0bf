namespace TreasureHunt.Contracts.Events;

/// <summary>An event of a hunt.</summary>
public interface IHuntEvent
{
    string HuntId { get; }

    /// <summary>The time at which the Api accepted the command.</summary>
    DateTimeOffset At { get; }
}
