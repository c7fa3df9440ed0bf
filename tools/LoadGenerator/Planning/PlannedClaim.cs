namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>One claim. The same player, treasure and key again are a retry.</summary>
/// <param name="Player">Index into <see cref="Plan.Players"/>.</param>
/// <param name="Treasure">Index into <see cref="Plan.Treasures"/>.</param>
/// <param name="OffsetMs">When it is due after the start, in a run on a schedule.</param>
public readonly record struct PlannedClaim(int Player, int Treasure, string Key, string? Proof, double OffsetMs = 0);
