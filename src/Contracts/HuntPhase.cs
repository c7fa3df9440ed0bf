namespace TreasureHunt.Contracts;

/// <summary>The phase of a hunt at a point in time.</summary>
public enum HuntPhase
{
    Draft,
    Scheduled,
    Open,
    Paused,
    Closed,
    Cancelled,
}
