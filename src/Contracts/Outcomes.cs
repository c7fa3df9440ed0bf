namespace TreasureHunt.Contracts;

/// <summary>The outcomes of a claim.</summary>
public static class Outcomes
{
    /// <summary>Accepted and confirmed by the broker, not decided yet.</summary>
    public const string Pending = "pending";

    /// <summary>The player got a unit.</summary>
    public const string Won = "won";

    /// <summary>The player got no unit, for one of <see cref="Reasons"/>.</summary>
    public const string Rejected = "rejected";
}
