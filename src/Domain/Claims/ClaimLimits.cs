namespace TreasureHunt.Domain.Claims;

/// <summary>
/// Limits of one player that are the same for all treasures. <see cref="Treasures.Treasure.PerPlayer"/> and
/// <see cref="Hunts.Hunt.PlayerLimit"/> are limits of one treasure and one hunt.
/// </summary>
public static class ClaimLimits
{
    /// <summary>Maximum number of wrong proofs of one player for one treasure. Later claims are refused as too many attempts.</summary>
    public const int MaxWrongProofs = 10;

    /// <summary>
    /// Maximum number of recorded refusals of one player and treasure: twice the limit of wrong proofs, and more than a person has reason
    /// to cause. Wrong proofs are recorded beyond it: they must be counted, and have a limit of their own.
    /// </summary>
    public const int MaxRecordedRefusals = 20;
}
