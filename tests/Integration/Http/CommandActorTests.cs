using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Every administrative command is recorded with its actor.</summary>
public sealed class CommandActorTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Every_command_records_its_actor()
    {
        var subject = $"erika-{Ids.FreshSlug()}";
        var erika = new ApiCaller(Engine, "api-1", ApiCallers.Token(Audiences.Administrator, subject, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("hunts claims", "token-4711")));
        var (huntId, treasureId) = (Ids.FreshSlug(), Ids.FreshSlug());
        var now = TimeProvider.System.GetUtcNow();
        await SendAsErika("/v1/hunts", new { huntId, name = "Autumn sale", opensAt = now.AddHours(1), closesAt = now.AddHours(4) });
        foreach (var step in (string[])["schedule", "open", "pause", "resume"])
        {
            await SendAsErika($"/v1/hunts/{huntId}/{step}");
        }

        await SendAsErika($"/v1/hunts/{huntId}/treasures", new { treasureId, name = "Golden goose", stock = 1, proof = "under the oak" });
        await SendAsErika($"/v1/treasures/{treasureId}/clues", new { text = "Where the river bends", revealAt = now });
        await SendAsErika($"/v1/treasures/{treasureId}/restock", new { units = 4 });
        await Engine.Admin().WaitForTreasure(
            treasureId, treasure => treasure.Status == System.Net.HttpStatusCode.OK && treasure.NumberOf("stock") == 5);
        await Engine.Admin().WaitForHunt(huntId, "open");
        var award =
            await Poll.For(
                "alice wins",
                async () =>
                    await Engine.Player("alice").Claim(treasureId, "key", "under the oak") is { Problem: "200" } claim
                        && claim.Outcome == Outcomes.Won ? claim : null);
        await SendAsErika($"/v1/treasures/{treasureId}/revoke", new { claimId = award.ClaimId, because = "returned" });
        await SendAsErika($"/v1/treasures/{treasureId}/withdraw");
        await SendAsErika($"/v1/hunts/{huntId}/close");
        var cancelled = Ids.FreshSlug();
        await SendAsErika("/v1/hunts", new { huntId = cancelled, name = "Never", opensAt = now.AddHours(1), closesAt = now.AddHours(4) });
        await SendAsErika($"/v1/hunts/{cancelled}/cancel");

        var commands = await Commands($"?by={subject}");

        Assert.Equal(
            [
                "hunt-drafted.v1", "hunt-scheduled.v1", "hunt-opened.v1", "hunt-paused.v1", "hunt-resumed.v1", "treasure-hidden.v1",
                "clue-added.v1", "treasure-restocked.v1", "award-revoked.v1", "treasure-withdrawn.v1", "hunt-closed.v1", "hunt-drafted.v1",
                "hunt-cancelled.v1",
            ],
            commands.Select(command => command.GetProperty("type").GetString()));
        Assert.All(commands, command => Assert.Equal(
            $$"""{"source":"http","address":"203.0.113.7","subject":"{{subject}}","tokenId":"token-4711"}""",
            Sorted(command.GetProperty("by"))));
        Assert.DoesNotContain(commands, command => command.GetProperty("data").TryGetProperty("proof", out _));

        // Paging returns the same commands.
        var second = commands[1].GetProperty("sequence").GetInt64();
        Assert.Equal(
            commands[2].GetProperty("sequence").GetInt64(),
            Assert.Single(await Commands($"?by={subject}&after={second}&top=1")).GetProperty("sequence").GetInt64());
        // The feed has the actor of commands and none for claims.
        var feed = await Feed(huntId);
        Assert.All(
            feed, line => Assert.Equal(line.GetProperty("type").GetString() != "treasure-awarded.v1", line.TryGetProperty("by", out _)));

        // On a busy machine the outcome may be unknown: the command is retried with the same key.
        async Task SendAsErika(string path, object? body = null)
        {
            var key = Ids.FreshSlug();
            var answer = await Poll.For($"{path} is answered", async () =>
                await erika.Post(
                    path, body, ("Idempotency-Key", key),
                    ("X-Forwarded-For", "203.0.113.7")) is { Problem: not "503 outcome-unknown" } done ? done : null);
            Assert.True(answer.Problem is "200" or "201", $"{path}: {answer}");
        }
    }

    private static string Sorted(JsonElement by) =>
        JsonSerializer.Serialize(
            by.EnumerateObject().OrderBy(field => field.Name.Length).ThenBy(field => field.Name, StringComparer.Ordinal).ToDictionary(
                field => field.Name, field => field.Value));

    private async Task<List<JsonElement>> Commands(string query) =>
        [.. (await Engine.Admin("projections-1").Get($"/admin/commands{query}"))["commands"].EnumerateArray()];

    private async Task<List<JsonElement>> Feed(string huntId) =>
        (await Engine.Admin("projections-1").Get($"/admin/events?huntId={huntId}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
}
