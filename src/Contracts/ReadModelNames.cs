namespace TreasureHunt.Contracts;

/// <summary>Names of the read models, in keys, in commands and of the shards that feed them. These names are the storage format.</summary>
public static class ReadModelNames
{
    public const string Hunts = "hunts";
    public const string Treasures = "treasures";
    public const string Claims = "claims";
    public const string Leaderboard = "leaderboard";
    public const string Memcached = "memcached";

    /// <summary>In the order in which they are repaired: what most readers miss comes first.</summary>
    public static readonly IReadOnlyList<string> All = [Hunts, Treasures, Memcached, Leaderboard, Claims];
}
