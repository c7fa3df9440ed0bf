namespace TreasureHunt.ReadModels;

/// <summary>
/// Keys of one generation of a read model. Values are <c>{sequence}|{json}</c> unless stated otherwise. The names are part of the storage
/// format. Every key belongs to a partition, whose checkpoint is the sequence up to which the partition is complete. A missing key means
/// "not found" only while the checkpoint exists.
/// </summary>
/// <param name="prefix">The prefix of all keys of this generation.</param>
public sealed class GenerationKeys(string prefix)
{
    /// <summary>
    /// The sequence up to which a partition is complete, in digits. A missing checkpoint means that the partition is lost or not built.
    /// </summary>
    public string Checkpoint(int partition) => $"{prefix}:{Partitions.Tag(partition)}:marker";

    /// <summary>The checkpoints of all partitions, in their order.</summary>
    public IEnumerable<string> Checkpoints => Enumerable.Range(0, Partitions.Count).Select(Checkpoint);

    public PartitionedKey Hunt(string huntId) => Key(Partitions.Of(huntId), ViewName.OfHunt(huntId));

    /// <summary>Sorted set of a hunt's treasure ids by the sequence at which they were hidden.</summary>
    public PartitionedKey HuntTreasures(string huntId) => Key(Partitions.Of(huntId), $"hunt-treasures:{huntId}");

    /// <summary>Sorted set of hunt ids by the sequence of their first event.</summary>
    public PartitionedKey Hunts => Key(0, "hunts");

    public PartitionedKey Treasure(string treasureId) => Key(Partitions.Of(treasureId), ViewName.OfTreasure(treasureId));

    public PartitionedKey Claim(Guid claimId) => Key(Partitions.Of(claimId), $"claim:{claimId:N}");

    /// <summary>Sorted set of a player's claim ids by sequence.</summary>
    public PartitionedKey PlayerClaims(string playerId) => Key(Partitions.Of(playerId), $"player-claims:{playerId}");

    /// <summary>Sorted set of players by awards.</summary>
    public PartitionedKey Leaderboard(string huntId) => Key(Partitions.Of(huntId), $"leaderboard:{huntId}");

    /// <summary>The sequence of the last change to <see cref="Leaderboard"/>, in digits.</summary>
    public PartitionedKey LeaderboardSequence(string huntId) => Key(Partitions.Of(huntId), $"leaderboard-sequence:{huntId}");

    /// <summary>The prefix of all keys of this generation.</summary>
    public string Prefix => prefix;

    /// <summary>A Redis glob pattern that matches every key of the generation.</summary>
    public string Pattern => $"{prefix}:*";

    private PartitionedKey Key(int partition, string name) => new(partition, $"{prefix}:{Partitions.Tag(partition)}:{name}");
}
