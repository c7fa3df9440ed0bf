using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Fields and query parameters are validated.</summary>
public class FieldValidationTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task A_proof_has_at_most_128_characters() =>
        Assert.Equal(["proof"], Fields(await Alice.Claim("golden-goose", "key", new string('x', 129))));

    [Theory]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=0", "top")]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=101", "top")]
    [InlineData("/v1/players/me/claims?top=0", "top")]
    [InlineData("/v1/players/me/claims?top=201", "top")]
    public async Task A_list_size_out_of_range_is_refused(string path, string field) =>
        Assert.Equal([field], Fields(await Alice.Get(path)));

    [Theory]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=many")]
    [InlineData("/v1/players/me/claims?top=many")]
    public async Task A_list_size_that_is_no_number_is_refused(string path) =>
        Assert.Equal("400 invalid-request", (await Alice.Get(path)).Problem);

    [Theory]
    [InlineData("/v1/hunts", "{}", "closesAt name opensAt")]
    [InlineData(
        "/v1/hunts",
        "{\"huntId\":\"No Slug\",\"name\":\"x\",\"opensAt\":\"2026-11-23T18:00:00Z\",\"closesAt\":\"2026-11-23T18:00:00Z\",\"playerLimit\":0}",
        "closesAt huntId playerLimit")]
    [InlineData("/v1/hunts/autumn-sale/treasures", "{}", "name stock")]
    [InlineData(
        "/v1/hunts/autumn-sale/treasures",
        "{\"treasureId\":\"No\",\"name\":\"\",\"stock\":-1,\"perPlayer\":0,\"proof\":\"\","
            + "\"clues\":[{\"text\":\"\"}]}",
        "clues[0].revealAt clues[0].text name perPlayer proof stock treasureId")]
    [InlineData("/v1/treasures/golden-goose/clues", "{}", "revealAt text")]
    [InlineData("/v1/treasures/golden-goose/restock", "{\"units\":0}", "units")]
    [InlineData("/v1/treasures/golden-goose/restock", "{\"units\":1000001}", "units")]
    [InlineData("/v1/treasures/golden-goose/revoke", "{}", "because claimId")]
    public async Task Fields_out_of_range_are_named_as_in_the_JSON(string path, string body, string fields) =>
        Assert.Equal(fields.Split(' '), Fields(await Engine.Admin().PostRaw(path, "application/json", body)));

    private static IEnumerable<string> Fields(ApiResponse answer)
    {
        Assert.Equal("400 invalid-request", answer.Problem);
        return answer["errors"].EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);
    }
}
