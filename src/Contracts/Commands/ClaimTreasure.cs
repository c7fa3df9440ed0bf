namespace TreasureHunt.Contracts.Commands;

/// <summary>
/// A claim as a storefront publishes it to the exchange <see cref="BusNames.ClaimIntake"/>. Messages with the same player, treasure and key
/// are the same claim.
/// </summary>
/// <param name="TreasureId">1 to 64 characters of <c>a-z 0-9 -</c>.</param>
/// <param name="PlayerId">1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</param>
/// <param name="Key">Idempotency key, 1 to 128 visible ASCII characters.</param>
/// <param name="Proof">The code that the player found, at most 128 characters.</param>
public sealed record ClaimTreasure(string TreasureId, string PlayerId, string Key, string? Proof = null);
