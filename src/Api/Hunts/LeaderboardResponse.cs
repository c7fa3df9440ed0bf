using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.Hunts;

/// <summary>The players with the most awards that are not revoked.</summary>
public sealed record LeaderboardResponse(string HuntId, IReadOnlyList<LeaderboardEntry> Entries);
