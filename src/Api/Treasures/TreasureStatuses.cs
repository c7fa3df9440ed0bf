namespace TreasureHunt.Api.Treasures;

/// <summary>Whether a treasure can be won, as players see it.</summary>
public static class TreasureStatuses
{
    /// <summary>Its hunt has not opened.</summary>
    public const string Hidden = "hidden";

    public const string Available = "available";
    public const string Exhausted = "exhausted";
    public const string Withdrawn = "withdrawn";

    public static readonly IReadOnlyList<string> All = [Hidden, Available, Exhausted, Withdrawn];
}
