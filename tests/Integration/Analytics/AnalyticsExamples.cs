using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Hunts whose events a consumer reads.</summary>
internal static class AnalyticsExamples
{
    /// <summary>Opens a hunt with awards, refusals and a treasure with a proof.</summary>
    public static async Task<string> OpenHuntWithClaims(this Engine engine)
    {
        var huntId = await engine.Admin().OpenHunt();
        await engine.Admin().Hide(huntId, proof: "under the old oak");
        var treasureId = await engine.Admin().Hide(huntId, stock: 3);
        await engine.ClaimByTenPlayers(treasureId, "first");
        return treasureId;
    }
}
