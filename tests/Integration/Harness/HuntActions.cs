using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Commands of administrators.</summary>
public static class HuntActions
{
    /// <summary>Drafts a hunt that closes in four hours.</summary>
    public static async Task<string> Draft(
        this ApiCaller admin, int? playerLimit = null, TimeSpan? opensIn = null, TimeSpan? announcedIn = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var answer =
            await admin.SendCommand(
                "/v1/hunts",
                new
                {
                    name = "Autumn sale",
                    opensAt = now
                    + (opensIn ?? TimeSpan.Zero),
                    closesAt = now.AddHours(4),
                    playerLimit,
                    announceAt = now + announcedIn
                });
        Assert.Equal("201", answer.Problem);
        return answer.Id;
    }

    /// <summary>Sends a command and retries it with the same key while its outcome is unknown, as on a busy machine.</summary>
    public static Task<ApiResponse> SendCommand(this ApiCaller admin, string path, object? body = null)
    {
        var key = Ids.FreshSlug();
        return Poll.For(
            $"{path} is answered",
            async () =>
                await admin.Post(path, body, ("Idempotency-Key", key)) is { Problem: not "503 outcome-unknown" } answer ? answer : null);
    }

    /// <summary>Drafts a hunt, opens it, and waits until every Api shows it.</summary>
    public static async Task<string> OpenHunt(this ApiCaller admin, int? playerLimit = null)
    {
        var huntId = await admin.Draft(playerLimit);
        await admin.ChangeStatus(huntId, "open");
        await admin.WaitForHunt(huntId, "open");
        return huntId;
    }

    /// <summary>Changes the status of a hunt, for example with the step <c>open</c>.</summary>
    public static async Task ChangeStatus(this ApiCaller admin, string huntId, string step) =>
        Assert.Equal("200", (await admin.SendCommand($"/v1/hunts/{huntId}/{step}")).Problem);

    /// <summary>Hides a treasure and waits until every Api shows it.</summary>
    public static async Task<string> Hide(this ApiCaller admin, string huntId, int stock = 1, int perPlayer = 1, string? proof = null)
    {
        var answer = await admin.SendCommand($"/v1/hunts/{huntId}/treasures", new { name = "Golden goose", stock, perPlayer, proof });
        Assert.Equal("201", answer.Problem);
        await admin.WaitForTreasure(answer.Id, treasure => treasure.Status == System.Net.HttpStatusCode.OK);
        return answer.Id;
    }
}
