using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Bodies of an invalid format are refused.</summary>
public class BodyFormatTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";

    private ApiCaller Alice => Engine.Player("alice");

    [Theory]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"proof\": 1}")]
    [InlineData("{\"proof\": \"x\"} and more")]
    public async Task A_claim_body_that_is_not_valid_JSON_is_refused(string body) =>
        Assert.Equal("400 invalid-json", (await PostClaim("application/json", body)).Problem);

    [Theory]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"name\": 1}")]
    [InlineData("{\"opensAt\": \"tomorrow\"}")]
    public async Task A_command_body_that_is_not_valid_JSON_is_refused(string body) =>
        Assert.Equal("400 invalid-json", (await Engine.Admin().PostRaw("/v1/hunts", "application/json", body)).Problem);

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_command_without_its_body_is_refused(string body) =>
        Assert.StartsWith(
            "400 invalid-", (await Engine.Admin().PostRaw("/v1/hunts", "application/json", body)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_body_of_another_media_type_is_refused()
    {
        Assert.Equal("415 unsupported-media-type", (await PostClaim("text/plain", "{}")).Problem);
        Assert.Equal("415 unsupported-media-type", (await PostClaim("application/x-www-form-urlencoded", "proof=x")).Problem);
        Assert.Equal("415 unsupported-media-type", (await Engine.Admin().PostRaw("/v1/hunts", "text/plain", "{}")).Problem);
        Assert.Equal("404 treasure-not-found", (await PostClaim("application/json; charset=utf-8", "{}")).Problem);
    }

    private Task<ApiResponse> PostClaim(string contentType, string body) =>
        Alice.PostRaw(Claims, contentType, body, ("Idempotency-Key", "key"));
}
