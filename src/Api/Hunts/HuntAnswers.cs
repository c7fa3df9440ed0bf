using TreasureHunt.Contracts.ReadModels;

namespace TreasureHunt.Api;

/// <summary>The latest hunts.</summary>
public sealed record HuntList(IReadOnlyList<HuntLine> Hunts);

public sealed record HuntLine(string HuntId, string Name, string Status);

/// <summary>A hunt now. Its treasures show from its opening on; administrators see them before.</summary>
/// <param name="AnnounceAt">From when the hunt is public; null when that is as it opens.</param>
public sealed record HuntAnswer(
    string HuntId,
    string Name,
    string Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    DateTimeOffset? AnnounceAt,
    IReadOnlyList<TreasureLine> Treasures);

public sealed record TreasureLine(string TreasureId, string Name, string Status, int Stock, int Remaining)
{
    public static TreasureLine Of(TreasureView treasure, HuntView hunt, DateTimeOffset now) =>
        new(treasure.TreasureId, treasure.Name, TreasureAnswer.StatusOf(treasure, hunt, now), treasure.Stock, treasure.Remaining);
}

/// <summary>Players by awards that stand.</summary>
public sealed record LeaderboardAnswer(string HuntId, IReadOnlyList<LeaderboardEntry> Entries);

public sealed record LeaderboardEntry(int Rank, string PlayerId, int Awards);
