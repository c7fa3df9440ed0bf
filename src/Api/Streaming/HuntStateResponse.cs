using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>A hunt without its treasures, as players see it now.</summary>
public sealed record HuntStateResponse(
    string HuntId, string Name, string Status, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int? PlayerLimit,
    DateTimeOffset? AnnounceAt)
{
    public static HuntStateResponse Of(HuntView hunt, DateTimeOffset now) =>
        new(hunt.HuntId, hunt.Name, hunt.Window.PhaseAt(now).ToString()
            .ToLowerInvariant(), hunt.Window.OpensAt, hunt.Window.ClosesAt, hunt.PlayerLimit, hunt.Window.AnnounceAt);
}
