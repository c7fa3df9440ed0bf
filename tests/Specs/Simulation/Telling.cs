using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Short names for long things, for the trace.</summary>
internal static class Telling
{
    public static string Name(this AcceptedClaim claim) => Name(claim.PlayerId, claim.TreasureId, claim.ClaimId);

    public static string Told(this object @event) => @event switch
    {
        ClaimRefused e => $"#{e.Position} {Name(e.PlayerId, e.TreasureId, e.ClaimId)} {e.Reason}",
        TreasureAwarded e => $"#{e.Position} {Name(e.PlayerId, e.TreasureId, e.ClaimId)} won",
        TreasureRestocked e => $"{e.TreasureId} has {e.Units} more",
        AwardRevoked e => $"{Name(e.PlayerId, e.TreasureId, e.ClaimId)} is taken back",
        _ => @event.GetType().Name,
    };

    private static string Name(string player, string treasure, Guid claim) => $"{player}/{treasure}/{claim.ToString()[..4]}";
}
