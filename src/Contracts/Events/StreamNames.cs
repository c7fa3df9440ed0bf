namespace TreasureHunt.Contracts.Events;

/// <summary>The streams of the event store. The names are part of the storage format.</summary>
public static class StreamNames
{
    public static string Hunt(string huntId) => $"hunt-{huntId}";

    /// <summary>Returns the hunt id of a stream named by <see cref="Hunt"/>.</summary>
    public static string HuntOf(string stream) => stream["hunt-".Length..];

    public static string Treasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>Returns the treasure id of a stream named by <see cref="Treasure"/>.</summary>
    public static string TreasureOf(string stream) => stream["treasure-".Length..];

    /// <summary>Refused claims have a stream of their own, so that they do not enlarge the treasure's stream or conflict with it.</summary>
    public static string Refusals(string treasureId) => $"refusals-{treasureId}";
}
