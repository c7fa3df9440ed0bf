namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Why events are applied to a generation. The names are part of the administrators' API.</summary>
public static class ReplayKinds
{
    /// <summary>The first generation of a read model.</summary>
    public const string Build = "build";

    /// <summary>Redis or Memcached lost data of the live generation.</summary>
    public const string Repair = "repair";

    /// <summary>An administrator requested a new generation.</summary>
    public const string Replay = "replay";

    /// <summary>An administrator requested the previous generation.</summary>
    public const string Rollback = "rollback";
}
