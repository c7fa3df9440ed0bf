namespace TreasureHunt.ReadModels;

/// <summary>
/// Keys of one generation of a read model. Values are <c>{sequence}|{json}</c> unless said otherwise; these names are the
/// storage format. Every key lies in a partition, whose marker tells up to which sequence the partition is complete: what
/// is not there is known not to exist only if the marker is.
/// </summary>
/// <param name="start">How all keys of this generation begin.</param>
public sealed class GenerationKeys(string start)
{
    /// <summary>The sequence up to which a partition is complete, in digits. Without it, the partition is lost or not built yet.</summary>
    public string Checkpoint(int partition) => $"{start}:{Partitions.Tag(partition)}:marker";

    /// <summary>The markers of all partitions, in their order.</summary>
    public IEnumerable<string> Checkpoints => Enumerable.Range(0, Partitions.Count).Select(Checkpoint);

    public PartitionedKey Hunt(string huntId) => Key(Partitions.Of(huntId), $"hunt:{huntId}");

    /// <summary>Sorted set of a hunt's treasure ids by the sequence at which they were hidden.</summary>
    public PartitionedKey HuntTreasures(string huntId) => Key(Partitions.Of(huntId), $"hunt-treasures:{huntId}");

    /// <summary>Sorted set of hunt ids by the sequence of their first event.</summary>
    public PartitionedKey Hunts => Key(0, "hunts");

    public PartitionedKey Treasure(string treasureId) => Key(Partitions.Of(treasureId), $"treasure:{treasureId}");

    public PartitionedKey Claim(Guid claimId) => Key(Partitions.Of(claimId), $"claim:{claimId:N}");

    /// <summary>Sorted set of a player's claim ids by sequence.</summary>
    public PartitionedKey PlayerClaims(string playerId) => Key(Partitions.Of(playerId), $"player-claims:{playerId}");

    /// <summary>Sorted set of players by awards.</summary>
    public PartitionedKey Leaderboard(string huntId) => Key(Partitions.Of(huntId), $"leaderboard:{huntId}");

    /// <summary>The sequence of the last change to <see cref="Leaderboard"/>, in digits.</summary>
    public PartitionedKey LeaderboardSequence(string huntId) => Key(Partitions.Of(huntId), $"leaderboard-sequence:{huntId}");

    /// <summary>How all keys of the generation begin.</summary>
    public string Start => start;

    /// <summary>Matches every key of the generation (a glob pattern of Redis).</summary>
    public string Pattern => $"{start}:*";

    private PartitionedKey Key(int partition, string name) => new(partition, $"{start}:{Partitions.Tag(partition)}:{name}");
}

/// <summary>A key and the partition that it lies in.</summary>
public readonly record struct PartitionedKey(int Partition, string Name)
{
    public override string ToString() => Name;
}
