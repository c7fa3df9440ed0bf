namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>The units and the winners of one treasure.</summary>
internal sealed class TreasureTally
{
    public int Stock { get; set; }

    public bool Withdrawn { get; set; }

    /// <summary>Claims with an award that is not revoked.</summary>
    public HashSet<Guid> Winners { get; } = [];
}
