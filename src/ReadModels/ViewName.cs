namespace TreasureHunt.ReadModels;

/// <summary>The name of a view: the last part of its key in every generation, and its id among the published changes.</summary>
public static class ViewName
{
    private const string HuntPrefix = "hunt:";
    private const string TreasurePrefix = "treasure:";

    public static string OfHunt(string huntId) => HuntPrefix + huntId;

    public static string OfTreasure(string treasureId) => TreasurePrefix + treasureId;

    /// <summary>Whether the name is that of a treasure and not of a hunt.</summary>
    public static bool IsTreasure(string name) => name.StartsWith(TreasurePrefix, StringComparison.Ordinal);
}
