namespace TreasureHunt.Projections;

/// <summary>Names of the read models, and of the shards that feed them. These names are the storage format of their progress.</summary>
public static class ReadModelNames
{
    public const string Hunts = "hunts";
    public const string Treasures = "treasures";
    public const string Claims = "claims";
    public const string Leaderboard = "leaderboard";
    public const string Memcached = "memcached";

    public static readonly IReadOnlyList<string> All = [Hunts, Treasures, Claims, Leaderboard, Memcached];
}
