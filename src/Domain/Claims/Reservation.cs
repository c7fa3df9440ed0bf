namespace TreasureHunt.Domain.Claims;

/// <summary>A numbered reservation of a player, and the claim that holds it.</summary>
/// <param name="Scope">One of <see cref="ReservationScopes"/>.</param>
/// <param name="Number">From 1, unique for the scope and player.</param>
public readonly record struct Reservation(string Scope, string PlayerId, int Number, string TreasureId, Guid ClaimId);
