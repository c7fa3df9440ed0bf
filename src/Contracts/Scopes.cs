namespace TreasureHunt.Contracts;

/// <summary>The permissions of an administrator's token: the words of its claim <c>scope</c>, separated by one blank.</summary>
public static class Scopes
{
    /// <summary>Create and change hunts and treasures.</summary>
    public const string Hunts = "hunts";

    /// <summary>Revoke awards, and read any claim.</summary>
    public const string Claims = "claims";

    /// <summary>Manage replays and dead letters, and read the lag of projections.</summary>
    public const string Operations = "operations";

    /// <summary>Read the feed, audits, past states and administrative commands.</summary>
    public const string Read = "read";

    public static readonly IReadOnlyList<string> All = [Hunts, Claims, Operations, Read];
}
