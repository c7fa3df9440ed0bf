using TreasureHunt.Api.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Hunts;

/// <summary>A hunt now. It has treasures from its opening on; administrators see them before.</summary>
/// <param name="AnnounceAt">When the hunt becomes public; null when it becomes public as it opens.</param>
public sealed record HuntResponse(
    string HuntId,
    string Name,
    string Status,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    DateTimeOffset? AnnounceAt,
    IReadOnlyList<HuntTreasureItem> Treasures)
{
    public static HuntResponse Of(HuntView hunt, IEnumerable<TreasureView> treasures, DateTimeOffset now) => new(
        HuntId: hunt.HuntId,
        Name: hunt.Name,
        Status: StatusOf(hunt, now),
        OpensAt: hunt.Window.OpensAt,
        ClosesAt: hunt.Window.ClosesAt,
        PlayerLimit: hunt.PlayerLimit,
        AnnounceAt: hunt.Window.AnnounceAt,
        Treasures: treasures.Select(treasure => HuntTreasureItem.Of(treasure, hunt, now)).ToList());

    /// <summary>The phase of the hunt in lower case, such as <c>open</c>.</summary>
    public static string StatusOf(HuntView hunt, DateTimeOffset now) => hunt.Window.PhaseAt(now).ToString().ToLowerInvariant();
}

public sealed record HuntTreasureItem(string TreasureId, string Name, string Status, int Stock, int Remaining)
{
    public static HuntTreasureItem Of(TreasureView treasure, HuntView hunt, DateTimeOffset now) =>
        new(treasure.TreasureId, treasure.Name, TreasureResponse.StatusOf(treasure, hunt, now), treasure.Stock, treasure.Remaining);
}
