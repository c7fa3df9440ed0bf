namespace TreasureHunt.Contracts.Commands;

/// <summary>The changes of a hunt's phase.</summary>
public enum HuntChange
{
    Schedule,
    Open,
    Pause,
    Resume,
    Close,
    Cancel,
}
