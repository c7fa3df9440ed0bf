namespace TreasureHunt.Contracts;

/// <summary>Names of the read models in keys, commands and projection shards. The names are part of the storage format.</summary>
public static class ReadModelNames
{
    public const string Hunts = "hunts";
    public const string Treasures = "treasures";
    public const string Claims = "claims";
    public const string Leaderboard = "leaderboard";
    public const string Memcached = "memcached";

    /// <summary>In the order in which they are rebuilt: the read models with the most readers first.</summary>
    public static readonly IReadOnlyList<string> All = [Hunts, Treasures, Memcached, Leaderboard, Claims];
}
