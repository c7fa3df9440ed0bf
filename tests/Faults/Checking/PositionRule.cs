using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Faults.Checking;

/// <summary>5: the positions of a treasure's claims are 1, 2, 3 … in the order of the event store.</summary>
public static class PositionRule
{
    public const string Name = "positionGap";

    public static IEnumerable<Violation> Check(Evidence evidence) => evidence.Log
        .Select(entry => entry.Event)
        .OfType<IClaimEvent>()
        .GroupBy(claim => claim.TreasureId)
        .SelectMany(treasure => treasure.Index()
            .Where(claim => claim.Item.Position != claim.Index + 1)
            .Take(1)
            .Select(claim =>
                new Violation(
                    5, Name, $"position {claim.Item.Position} instead of {claim.Index + 1}", claim.Item.ClaimId, treasure.Key)));
}
