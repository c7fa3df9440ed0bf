using TreasureHunt.Api.Hunts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>A hunt without its treasures, as players see it now.</summary>
public sealed record HuntStateResponse(
    string HuntId, string Name, string Status, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int? PlayerLimit,
    DateTimeOffset? AnnounceAt)
{
    public static HuntStateResponse Of(HuntView hunt, DateTimeOffset now) => new(
        HuntId: hunt.HuntId,
        Name: hunt.Name,
        Status: HuntResponse.StatusOf(hunt, now),
        OpensAt: hunt.Window.OpensAt,
        ClosesAt: hunt.Window.ClosesAt,
        PlayerLimit: hunt.PlayerLimit,
        AnnounceAt: hunt.Window.AnnounceAt);
}
