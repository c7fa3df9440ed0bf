using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Who gave each administrative command is recorded with it.</summary>
public sealed class ActorTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Each_kind_of_command_is_recorded_with_who_gave_it()
    {
        var subject = $"erika-{Ids.FreshSlug()}";
        var erika = new ApiCaller(Engine, "api-1", ApiCallers.Token(Audiences.Administrator, subject, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("hunts claims", "token-4711")));
        var (huntId, treasureId) = (Ids.FreshSlug(), Ids.FreshSlug());
        var now = TimeProvider.System.GetUtcNow();
        await Does("/v1/hunts", new { huntId, name = "Autumn sale", opensAt = now.AddHours(1), closesAt = now.AddHours(4) });
        foreach (var step in (string[])["schedule", "open", "pause", "resume"])
        {
            await Does($"/v1/hunts/{huntId}/{step}");
        }

        await Does($"/v1/hunts/{huntId}/treasures", new { treasureId, name = "Golden goose", stock = 1, proof = "under the oak" });
        await Does($"/v1/treasures/{treasureId}/clues", new { text = "Where the river bends", revealAt = now });
        await Does($"/v1/treasures/{treasureId}/restock", new { units = 4 });
        await Engine.Admin().SeesTreasure(
            treasureId, treasure => treasure.Status == System.Net.HttpStatusCode.OK && treasure.Number("stock") == 5);
        await Engine.Admin().SeesHunt(huntId, "open");
        var award =
            await Until.Some(
                "alice wins",
                async () =>
                    await Engine.Player("alice").Claim(treasureId, "key", "under the oak") is { Problem: "200" } claim
                        && claim.Outcome == Outcomes.Won ? claim : null);
        await Does($"/v1/treasures/{treasureId}/revoke", new { claimId = award.ClaimId, because = "returned" });
        await Does($"/v1/treasures/{treasureId}/withdraw");
        await Does($"/v1/hunts/{huntId}/close");
        var cancelled = Ids.FreshSlug();
        await Does("/v1/hunts", new { huntId = cancelled, name = "Never", opensAt = now.AddHours(1), closesAt = now.AddHours(4) });
        await Does($"/v1/hunts/{cancelled}/cancel");

        var commands = await Commands($"?by={subject}");

        Assert.Equal(
            ["hunt-drafted.v1", "hunt-scheduled.v1", "hunt-opened.v1", "hunt-paused.v1", "hunt-resumed.v1", "treasure-hidden.v1", "clue-added.v1", "treasure-restocked.v1",
                "award-revoked.v1", "treasure-withdrawn.v1", "hunt-closed.v1", "hunt-drafted.v1", "hunt-cancelled.v1"],
            commands.Select(command => command.GetProperty("type").GetString()));
        Assert.All(commands, command => Assert.Equal(
            $$"""{"source":"http","address":"203.0.113.7","subject":"{{subject}}","tokenId":"token-4711"}""",
            Sorted(command.GetProperty("by"))));
        Assert.DoesNotContain(commands, command => command.GetProperty("data").TryGetProperty("proof", out _));

        // Page by page, it is the same.
        var second = commands[1].GetProperty("sequence").GetInt64();
        Assert.Equal(
            commands[2].GetProperty("sequence").GetInt64(),
            Assert.Single(await Commands($"?by={subject}&after={second}&top=1")).GetProperty("sequence").GetInt64());
        // The feed tells it too, and nothing of the kind for a claim.
        var feed = await Feed(huntId);
        Assert.All(
            feed, line => Assert.Equal(line.GetProperty("type").GetString() != "treasure-awarded.v1", line.TryGetProperty("by", out _)));

        // A busy machine is no failure: what became of the command is asked for with the same key.
        async Task Does(string path, object? body = null)
        {
            var key = Ids.FreshSlug();
            var answer = await Until.Some($"{path} is answered", async () =>
                await erika.Post(
                    path, body, ("Idempotency-Key", key),
                    ("X-Forwarded-For", "203.0.113.7")) is { Problem: not "503 outcome-unknown" } done ? done : null);
            Assert.True(answer.Problem is "200" or "201", $"{path}: {answer}");
        }
    }

    [Fact]
    public async Task A_token_without_an_id_is_known_by_its_hash()
    {
        var subject = $"erika-{Ids.FreshSlug()}";
        await Engine.Admin(subject: subject).Draft();

        var by = Assert.Single(await Commands($"?by={subject}")).GetProperty("by");

        Assert.Matches("^sha256:[0-9a-f]{16}$", by.GetProperty("tokenId").GetString());
        Assert.Equal("127.0.0.1", by.GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_clue_that_is_revealed_when_its_time_has_come_is_recorded_with_the_engine()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        await Engine.Admin().Command(
            $"/v1/treasures/{treasureId}/clues",
            new { text = "Where the river bends", revealAt = TimeProvider.System.GetUtcNow().AddSeconds(2) });

        var revealed = await Until.Some("the clue is revealed", async () =>
            (await Feed(huntId)).Where(line => line.GetProperty("type").GetString() == "clue-revealed.v1").Cast<JsonElement?>()
                .SingleOrDefault() is { } line ? line.GetProperty("by").GetRawText() : null);

        Assert.Equal(Actor.OfEngine, JsonSerializer.Deserialize<Actor>(revealed, JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?top=0")]
    [InlineData("?top=1001")]
    public async Task What_is_out_of_range_is_refused(string query) =>
        Assert.Equal("400 invalid-request", (await Engine.Admin("projections-1").Get($"/admin/commands{query}")).Problem);

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
