using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The actors of commands and how they are queried.</summary>
public sealed class ActorFormatTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_token_without_an_id_is_recorded_by_its_hash()
    {
        var subject = $"erika-{Ids.FreshSlug()}";
        await Engine.Admin(subject: subject).Draft();

        var by = Assert.Single(await Commands($"?by={subject}")).GetProperty("by");

        Assert.Matches("^sha256:[0-9a-f]{16}$", by.GetProperty("tokenId").GetString());
        Assert.Equal("127.0.0.1", by.GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_clue_revealed_by_time_records_the_engine_as_its_actor()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        await Engine.Admin().SendCommand(
            $"/v1/treasures/{treasureId}/clues",
            new { text = "Where the river bends", revealAt = TimeProvider.System.GetUtcNow().AddSeconds(2) });

        var revealed = await Poll.For("the clue is revealed", async () =>
            (await Feed(huntId)).Where(line => line.GetProperty("type").GetString() == "clue-revealed.v1").Cast<JsonElement?>()
                .SingleOrDefault() is { } line ? line.GetProperty("by").GetRawText() : null);

        Assert.Equal(Actor.OfEngine, JsonSerializer.Deserialize<Actor>(revealed, JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData("?after=-1")]
    [InlineData("?top=0")]
    [InlineData("?top=1001")]
    public async Task A_query_out_of_range_is_refused(string query) =>
        Assert.Equal("400 invalid-request", (await Engine.Admin("projections-1").Get($"/admin/commands{query}")).Problem);

    private async Task<List<JsonElement>> Commands(string query) =>
        [.. (await Engine.Admin("projections-1").Get($"/admin/commands{query}"))["commands"].EnumerateArray()];

    private async Task<List<JsonElement>> Feed(string huntId) =>
        (await Engine.Admin("projections-1").Get($"/admin/events?huntId={huntId}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
}
