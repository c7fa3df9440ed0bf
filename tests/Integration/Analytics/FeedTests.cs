using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>The feed of all events, for consumers that missed some.</summary>
public sealed class FeedTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task The_feed_filters_by_type_and_hunt()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        await Engine.Player("alice").Wins(treasureId, "key");

        var awards = await Types($"?types=treasure-awarded.v1&huntId={huntId}");
        var hunts = await Types("?types=hunt-opened.v1,%20hunt-drafted.v1");

        Assert.Equal(["treasure-awarded.v1"], awards);
        Assert.Equal(["hunt-drafted.v1", "hunt-opened.v1"], hunts.Distinct().Order());
    }

    [Theory]
    [InlineData(
        "types=treasure-awarded.v1,treasure-eaten.v1", "types", "'treasure-eaten.v1' is not an event name. The names are award-revoked.v1, ")]
    [InlineData("types=", "types", "'' is not an event name. The names are ")]
    [InlineData("after=-1", "after", "A sequence is 0 or more.")]
    [InlineData("huntId=%00", "huntId", "An id has 1 to 64 characters of a-z 0-9 -.")]
    public async Task An_invalid_query_is_refused_with_the_reason(string query, string parameter, string reason)
    {
        var answer = await Engine.Admin("projections-1").Get($"/admin/events?{query}");

        Assert.Equal($"400 {ProblemNames.InvalidRequest}", answer.Problem);
        Assert.StartsWith(reason, answer.TextOf("detail"), StringComparison.Ordinal);
        Assert.Equal(answer.TextOf("detail"), answer["errors"].GetProperty(parameter)[0].GetString());
    }

    [Fact]
    public async Task The_feed_omits_the_hash_of_a_proof()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, proof: "under the old oak");

        var lines = (await Engine.Admin("projections-1").Get($"/admin/events?types=treasure-hidden.v1&huntId={huntId}")).Text;

        Assert.Contains(treasureId, lines, StringComparison.Ordinal);
        Assert.DoesNotContain("\"proof\"", lines, StringComparison.Ordinal);
        await Engine.AssertCleanAudit(huntId);
    }

    private async Task<List<string?>> Types(string query) =>
        [.. (await Engine.Admin("projections-1").Get($"/admin/events{query}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString())];
}
