using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The read models lie in a fixed number of partitions. A partition is one hash slot of the cluster, so one script can write
/// many of its keys and its marker at once, and whatever loses some of it loses the marker with it.
/// </summary>
public static class Partitions
{
    /// <summary>Enough for two dozen nodes; few enough that every page of the log can move all markers.</summary>
    public const int Count = 24;

    // b0 … b23 spread evenly over 2, 3, 4 and 6 nodes that share the slots evenly.
    private static readonly string[] Tags = Enumerable.Range(0, Count).Select(partition => $"{{b{partition}}}").ToArray();

    /// <summary>The hash tag of a partition.</summary>
    public static string Tag(int partition) => Tags[partition];

    public static int Of(string id) => Ids.ShardOf(id, Count);

    public static int Of(Guid id) => (int)(BitConverter.ToUInt32(id.ToByteArray()) % Count);
}
