using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Hunts;

/// <summary>The latest hunts.</summary>
public sealed record HuntListResponse(IReadOnlyList<HuntListItem> Hunts);

public sealed record HuntListItem(string HuntId, string Name, string Status);

/// <summary>A hunt now. Its treasures show from its opening on; administrators see them before.</summary>
/// <param name="AnnounceAt">From when the hunt is public; null when that is as it opens.</param>
public sealed record HuntResponse(
    string HuntId,
    string Name,
    string Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    DateTimeOffset? AnnounceAt,
    IReadOnlyList<HuntTreasureItem> Treasures);

public sealed record HuntTreasureItem(string TreasureId, string Name, string Status, int Stock, int Remaining)
{
    public static HuntTreasureItem Of(TreasureView treasure, HuntView hunt, DateTimeOffset now) =>
        new(treasure.TreasureId, treasure.Name, TreasureResponse.StatusOf(treasure, hunt, now), treasure.Stock, treasure.Remaining);
}

/// <summary>Players by awards that stand.</summary>
public sealed record LeaderboardResponse(string HuntId, IReadOnlyList<LeaderboardEntry> Entries);
