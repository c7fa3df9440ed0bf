namespace TreasureHunt.Projections.Runtime;

/// <summary>The condition of the live generation of a read model in its cache.</summary>
public enum ReadModelHealth
{
    /// <summary>The cache has all events that were applied.</summary>
    Complete,

    /// <summary>The cache went back to an earlier state: the events since then must be applied again.</summary>
    Behind,

    /// <summary>The cache lost keys: a new generation must be built.</summary>
    Lost,
}
