using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The fixed number of partitions of the read models. A partition is one hash slot of the cluster, so one script can write many of its keys
/// and its checkpoint atomically, and a node that loses some of its keys also loses the checkpoint.
/// </summary>
public static class Partitions
{
    /// <summary>Enough for 24 nodes, and few enough to update all checkpoints with every batch of events.</summary>
    public const int Count = 24;

    // The hash slots of b0 … b23 are distributed evenly over 2, 3, 4 and 6 nodes with equal slot ranges.
    private static readonly string[] Tags = Enumerable.Range(0, Count).Select(partition => $"{{b{partition}}}").ToArray();

    /// <summary>Returns the hash tag of a partition.</summary>
    public static string Tag(int partition) => Tags[partition];

    public static int Of(string id) => Ids.ShardOf(id, Count);

    public static int Of(Guid id) => (int)(BitConverter.ToUInt32(id.ToByteArray()) % Count);
}
