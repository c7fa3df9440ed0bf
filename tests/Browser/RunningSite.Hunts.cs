using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Browser;

/// <summary>Hunts and claims on the running engine.</summary>
public sealed partial class RunningSite
{
    public async Task<string> OpenHunt(string name, params NewTreasure[] treasures)
    {
        var huntId = await Draft(name, TimeSpan.FromMinutes(-1), announcedIn: null, treasures);
        await Open(huntId);
        return huntId;
    }

    /// <summary>Schedules a hunt that opens in ten minutes.</summary>
    /// <param name="announced">Whether it is public before it opens.</param>
    public async Task<string> ScheduledHunt(string name, bool announced, params NewTreasure[] treasures)
    {
        var huntId = await Draft(name, TimeSpan.FromMinutes(10), announced ? TimeSpan.FromMinutes(-1) : null, treasures);
        await Command($"/v1/hunts/{huntId}/schedule");
        return huntId;
    }

    public Task Open(string huntId) => Command($"/v1/hunts/{huntId}/open");

    private async Task<string> Draft(string name, TimeSpan opensIn, TimeSpan? announcedIn, NewTreasure[] treasures)
    {
        var huntId = Ids.FreshSlug();
        var now = TimeProvider.System.GetUtcNow();
        await Command(
            "/v1/hunts", new { huntId, name, opensAt = now + opensIn, closesAt = now.AddHours(1), announceAt = now + announcedIn });
        foreach (var treasure in treasures)
        {
            await Command($"/v1/hunts/{huntId}/treasures", new
            {
                treasureId = treasure.Id,
                treasure.Name,
                treasure.Stock,
                treasure.Proof,
                clues = treasure.Clues.Select(text => new { text, revealAt = now.AddMinutes(-1) }),
            });
        }

        return huntId;
    }

    public Task Pause(string huntId) => Command($"/v1/hunts/{huntId}/pause");

    /// <summary>
    /// Claims for another player and returns the outcome. The claim is retried until the Api shows a newly opened hunt.
    /// </summary>
    public Task<string?> Claim(string treasureId, string playerId) => ClaimWithToken(treasureId, PlayerToken(playerId));

    /// <summary>Claims for the player of a token and returns the outcome, like <see cref="Claim"/>.</summary>
    public async Task<string?> ClaimWithToken(string treasureId, string token)
    {
        var key = Ids.FreshSlug();
        for (var attempt = 0; ; attempt++)
        {
            using var request = Request($"/v1/treasures/{treasureId}/claims", token, new { });
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add("Prefer", "wait=10");
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("outcome")
                    .GetString();
            }

            if (attempt == 50)
            {
                Assert.Fail($"The claim was answered {(int)response.StatusCode}.");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task Command(string path, object? body = null)
    {
        using var request = Request(path, _tokens.Value.Admin(subject: "browser-tests"), body);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(
            response.IsSuccessStatusCode,
            $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    private static HttpRequestMessage Request(string path, string token, object? body) => new(HttpMethod.Post, path)
    {
        Content = body is null ? null : JsonContent.Create(body),
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
