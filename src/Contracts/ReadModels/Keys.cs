namespace TreasureHunt.Contracts.ReadModels;

/// <summary>
/// Keys of the read models in Redis and Memcached. All keys that one script touches share a hash tag.
/// Values are <c>{sequence}|{json}</c> unless said otherwise; these names are the storage format.
/// </summary>
/// <param name="prefix">Sets installations that share a server apart.</param>
public sealed class Keys(string prefix)
{
    public string Hunt(string huntId) => $"{prefix}:1:hunt:{{{huntId}}}";

    /// <summary>Sorted set of a hunt's treasure ids by the sequence at which they were hidden.</summary>
    public string HuntTreasures(string huntId) => $"{prefix}:1:hunt:{{{huntId}}}:treasures";

    public string Treasure(string treasureId) => $"{prefix}:1:treasure:{{{treasureId}}}";

    public string Claim(Guid claimId) => $"{prefix}:1:claim:{{{claimId:N}}}";

    /// <summary>Sorted set of a player's claim ids by sequence.</summary>
    public string PlayerClaims(string playerId) => $"{prefix}:1:player:{{{playerId}}}:claims";

    /// <summary>Sorted set of players by awards.</summary>
    public string Leaderboard(string huntId) => $"{prefix}:1:leaderboard:{{{huntId}}}";

    /// <summary>The sequence up to which <see cref="Leaderboard"/> has counted.</summary>
    public string LeaderboardSequence(string huntId) => $"{prefix}:1:leaderboard:{{{huntId}}}:sequence";

    /// <summary>Sorted set of hunt ids by the sequence of their first event.</summary>
    public string Hunts => $"{prefix}:1:hunts";

    /// <summary>How far a read model has come, stored beside its data.</summary>
    public string Progress(string readModel) => $"{prefix}:1:progress:{readModel}";

    /// <summary>The channel on which a commit wakes the projections.</summary>
    public string Pulse => $"{prefix}:pulse";

    /// <summary>The channel that tells each treasure after its write, as it was written. It may lose messages.</summary>
    public string TreasureChanges => $"{prefix}:changes:treasures";

    /// <summary>The channel that tells each hunt after its write, as it was written. It may lose messages.</summary>
    public string HuntChanges => $"{prefix}:changes:hunts";
}
