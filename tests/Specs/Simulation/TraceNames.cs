using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Short descriptions of claims and events for the trace.</summary>
internal static class TraceNames
{
    public static string Label(this AcceptedClaim claim) => Label(claim.PlayerId, claim.TreasureId, claim.ClaimId);

    public static string Describe(this object @event) => @event switch
    {
        ClaimRefused e => $"#{e.Position} {Label(e.PlayerId, e.TreasureId, e.ClaimId)} {e.Reason}",
        TreasureAwarded e => $"#{e.Position} {Label(e.PlayerId, e.TreasureId, e.ClaimId)} won",
        TreasureRestocked e => $"{e.TreasureId} gets {e.Units} more units",
        AwardRevoked e => $"{Label(e.PlayerId, e.TreasureId, e.ClaimId)} is revoked",
        _ => @event.GetType().Name,
    };

    private static string Label(string player, string treasure, Guid claim) => $"{player}/{treasure}/{claim.ToString()[..4]}";
}
