namespace TreasureHunt.Contracts.Commands;

/// <summary>The outcomes of one <see cref="ClaimTreasures"/>; the reply to the Api that sent it.</summary>
public sealed record ClaimsDecided(IReadOnlyList<DecidedClaim> Claims);
