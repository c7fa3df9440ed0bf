namespace TreasureHunt.Domain.Treasures;

/// <summary>Position and time of acceptance of a treasure's latest award.</summary>
public sealed record LastAward(long Position, DateTimeOffset AcceptedAt);
