using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The size of bodies is limited.</summary>
public class BodyLimitTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task A_body_beyond_its_limit_is_refused_with_and_without_Content_Length()
    {
        // Larger than the buffers of a connection: the client sends while the Api answers.
        var large = $"{{\"proof\":\"{new string('x', 8 * 1024 * 1024)}\"}}";
        Assert.Equal("413 body-too-large", (await PostClaim("application/json", large)).Problem);
        Assert.Equal(
            "413 body-too-large", (await Alice.Send(HttpMethod.Post, Claims, new UnsizedBody(large), ("Idempotency-Key", "key"))).Problem);
        Assert.Equal(
            "413 body-too-large",
            (await Engine.Admin().PostRaw(
                "/v1/hunts", "application/json", $"{{\"name\":\"{new string('x', 8 * 1024 * 1024)}\"}}")).Problem);
        Assert.Equal(
            "404 treasure-not-found", (await PostClaim("application/json", $"{{\"proof\":\"x\"}}{new string(' ', 4000)}")).Problem);
    }

    private Task<ApiResponse> PostClaim(string contentType, string body) =>
        Alice.PostRaw(Claims, contentType, body, ("Idempotency-Key", "key"));
}
