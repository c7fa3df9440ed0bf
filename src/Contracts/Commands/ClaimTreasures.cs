namespace TreasureHunt.Contracts.Commands;

/// <summary>Claims of one shard that an Api sends together, in the order in which they were accepted.</summary>
public sealed record ClaimTreasures(IReadOnlyList<AcceptedClaim> Claims);
