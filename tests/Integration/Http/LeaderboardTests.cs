using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The leaderboard of a hunt.</summary>
public sealed class LeaderboardTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task The_leaderboard_counts_awards_without_revoked_ones()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 5, perPlayer: 5);
        await Engine.Player("alice").Wins(treasureId, "key-1");
        var taken = await Engine.Player("alice").Wins(treasureId, "key-2");
        await Engine.Player("bob").Wins(treasureId, "key");
        await WaitForBoard("alice 2, bob 1", top: 10);
        await WaitForBoard("alice 2", top: 1);

        Assert.Equal(
            "200", (await Admin.SendCommand(
                $"/v1/treasures/{treasureId}/revoke", new { claimId = taken.ClaimId, because = "Sent back" })).Problem);

        await Admin.WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == 2);
        await Poll.Until(
            "both players have one award", async () => (await ReadBoard(10)).Split(", ").Order().SequenceEqual(["alice 1", "bob 1"]));
        var claim = await Poll.For("the claim is shown as revoked", async () =>
            await Engine.Player("alice").Get($"/v1/claims/{taken.ClaimId}") is var seen && seen.TextOf("revokedAt") is not null
                ? seen : null);
        Assert.Equal(Outcomes.Won, claim.Outcome);
        await Engine.AssertCleanAudit(huntId);

        Task WaitForBoard(string board, int top) => Poll.Until(board, async () => await ReadBoard(top) == board);

        async Task<string> ReadBoard(int top)
        {
            var answer = await Engine.Anonymous().Get($"/v1/hunts/{huntId}/leaderboard?top={top}");
            return string.Join(
                ", ", answer["entries"].EnumerateArray().Select(
                    entry => $"{entry.GetProperty("playerId").GetString()} {entry.GetProperty("awards").GetInt32()}"));
        }
    }
}
