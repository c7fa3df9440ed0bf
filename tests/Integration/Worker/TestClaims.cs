using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Integration.Worker;

/// <summary>Claims with fixed times around the opening of the hunts.</summary>
internal static class TestClaims
{
    /// <summary>Returns a time, in minutes after the opening of the hunts.</summary>
    public static DateTimeOffset AtMinute(double minute) => new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero).AddMinutes(minute);

    /// <summary>Creates a claim as the Api accepts it.</summary>
    public static AcceptedClaim Claim(string treasureId, string player, string key = "key", string? proof = null, double minute = 1) =>
        new(Ids.ForClaim(player, treasureId, key), treasureId, player, proof, AtMinute(minute));
}
