using System.Text;
using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimLists;

/// <summary>The bodies of requests with several claims.</summary>
public sealed class ClaimListBodyTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Json = "application/json";
    private const string Ndjson = ClaimListActions.Ndjson;

    private ApiCaller Shop => Engine.Storefront("lists:");

    [Fact]
    public async Task NDJSON_is_answered_with_NDJSON()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);

        var tooLong = Line(treasureId, new string('p', 5000));
        var answer = await Shop.PostClaims(
            Ndjson, $"\n{Line(treasureId, "alice")}\r\n\n  \nthis is no JSON\n{tooLong}\n{Line(treasureId, "bob")}");

        Assert.Equal((Ndjson, "wait=20"), (answer.MediaType, answer.Headers["Preference-Applied"]));
        Assert.Equal(
            ["200 won", "400 invalid-json", "413 body-too-large", "200 won"], answer.Lines().Select(line => line.Result));
    }

    [Theory]
    [InlineData(Json, "[]", "[]")]
    [InlineData(Ndjson, "", "")]
    [InlineData(Ndjson, "\n\n", "")]
    public async Task An_empty_list_gets_an_empty_answer(string mediaType, string body, string expected)
    {
        var answer = await Shop.PostClaims(mediaType, body);

        Assert.Equal(("200", mediaType, expected), (answer.Problem, answer.MediaType, answer.Text));
    }

    [Theory]
    [InlineData(Json, "", "400 invalid-json")]
    [InlineData(Json, "{}", "400 invalid-json")]
    [InlineData(Json, "[{}", "400 invalid-json")]
    [InlineData(Json, "[{}] x", "400 invalid-json")]
    [InlineData("text/plain", "[]", "415 unsupported-media-type")]
    public async Task A_malformed_body_is_refused_as_a_whole(string mediaType, string body, string problem) =>
        Assert.Equal(problem, (await Shop.PostClaims(mediaType, body)).Problem);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_1_MiB_is_refused(bool hasLength)
    {
        // Larger than the buffers of a connection: the client sends while the Api answers.
        var body = $"[{new string(' ', 8 * 1024 * 1024)}]";

        using HttpContent content = hasLength ? new StringContent(body, Encoding.UTF8, Json) : new UnsizedBody(body);

        Assert.Equal("413 body-too-large", (await Shop.Send(HttpMethod.Post, "/v1/claims", content)).Problem);
    }

    [Fact]
    public async Task Problems_name_the_broken_field()
    {
        var lines = (await Shop.PostClaims([new { treasureId = "goose", playerId = "lists:a b", key = "k" }])).Lines();

        Assert.Equal(
            ["playerId"], Assert.Single(lines).Problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private static string Line(string treasureId, string player) =>
        JsonSerializer.Serialize(new { treasureId, playerId = $"lists:{player}", key = "key" });
}
