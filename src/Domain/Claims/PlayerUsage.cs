namespace TreasureHunt.Domain.Claims;

/// <summary>The counts towards a player's limits when a claim is decided.</summary>
/// <param name="AwardsOfTreasure">Awards of this treasure that are not revoked.</param>
/// <param name="AwardsInHunt">Awards in the whole hunt that are not revoked, when the hunt has a limit.</param>
/// <param name="WrongProofs">Wrong proofs given for this treasure; at most <see cref="ClaimLimits.MaxWrongProofs"/> are checked.</param>
/// <param name="HasMaxRefusals">Whether no more refusals of this player and treasure are recorded.</param>
public readonly record struct PlayerUsage(int AwardsOfTreasure, int AwardsInHunt, int WrongProofs, bool HasMaxRefusals = false);
