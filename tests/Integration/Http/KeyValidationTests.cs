using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Idempotency keys are validated.</summary>
public class KeyValidationTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";

    private ApiCaller Alice => Engine.Player("alice");

    [Fact]
    public async Task A_claim_needs_a_key_of_1_to_128_visible_characters()
    {
        Assert.Equal("400 idempotency-key-missing", (await Alice.Post(Claims)).Problem);
        Assert.Equal("400 idempotency-key-missing", (await Alice.Claim("golden-goose", "")).Problem);
        Assert.Equal("400 idempotency-key-invalid", (await Alice.Claim("golden-goose", new string('k', 129))).Problem);
        Assert.Equal("400 idempotency-key-invalid", (await Alice.Claim("golden-goose", "two words")).Problem);
        Assert.Equal("404 treasure-not-found", (await Alice.Claim("golden-goose", new string('~', 128))).Problem);
    }

    [Fact]
    public async Task A_command_needs_no_key_and_an_invalid_one_is_refused() => Assert.Equal(
        "400 idempotency-key-invalid",
        (await Engine.Admin().Post("/v1/hunts/autumn-sale/open", null, ("Idempotency-Key", new string('k', 129)))).Problem);
}
