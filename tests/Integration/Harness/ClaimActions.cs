using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Claims of players.</summary>
public static class ClaimActions
{
    /// <param name="wait">The preferred wait of the request in seconds.</param>
    public static Task<ApiResponse> Claim(
        this ApiCaller player, string treasureId, string key, string? proof = null, int wait = 20) => player.Post(
        $"/v1/treasures/{treasureId}/claims",
        proof is null ? null : new { proof },
        ("Idempotency-Key", key),
        ("Prefer", $"wait={wait.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>Claims a unit and asserts that it is won. A pending claim is retried with the same key.</summary>
    public static async Task<ApiResponse> Wins(this ApiCaller player, string treasureId, string key)
    {
        var answer = await Poll.For($"{treasureId} is decided for {key}", async () =>
            await player.Claim(treasureId, key) is var claim && claim.Outcome != Outcomes.Pending ? claim : null);
        Assert.Equal(Outcomes.Won, answer.Outcome);
        return answer;
    }

    /// <summary>Claims a treasure for ten players concurrently.</summary>
    public static async Task ClaimByTenPlayers(this Engine engine, string treasureId, string key) =>
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(
                n => engine.Player($"player-{n.ToString(CultureInfo.InvariantCulture)}").Claim(treasureId, key)));

    /// <summary>Polls a claim until it is decided.</summary>
    public static Task<ApiResponse> WaitForOutcome(this ApiCaller caller, Guid claimId) =>
        Poll.For($"claim {claimId} is decided", async () =>
        {
            var answer = await caller.Get($"/v1/claims/{claimId}", ("Prefer", "wait=5"));
            return answer.Problem == "200" && answer.Outcome != Outcomes.Pending ? answer : null;
        });
}
