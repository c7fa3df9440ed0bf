using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Ids in paths are validated.</summary>
public class IdValidationTests(SharedEngine engine) : EngineTests(engine)
{
    private const int TooLong = 65;

    private ApiCaller Alice => Engine.Player("alice");

    [Theory]
    [InlineData("GET", "/v1/hunts/{0}")]
    [InlineData("GET", "/v1/hunts/{0}/leaderboard")]
    [InlineData("GET", "/v1/treasures/{0}")]
    [InlineData("POST", "/v1/treasures/{0}/claims")]
    [InlineData("POST", "/v1/hunts/{0}/open")]
    [InlineData("POST", "/v1/treasures/{0}/withdraw")]
    public async Task An_id_that_is_no_slug_is_malformed(string method, string path)
    {
        foreach (var id in (string[])["Golden", "-goose", "gol_den", "g%C3%A4nse", new string('a', TooLong)])
        {
            var caller = path.EndsWith("/claims", StringComparison.Ordinal) ? Alice : Engine.Admin();
            Assert.Equal(
                "400 malformed-id",
                (await caller.Send(new HttpMethod(method), string.Format(null, path, id), null, ("Idempotency-Key", "key"))).Problem);
        }
    }

    [Theory]
    [InlineData("restock", "{\"units\":1}")]
    [InlineData("clues", "{\"text\":\"x\",\"revealAt\":\"2026-11-23T18:00:00Z\"}")]
    [InlineData("revoke", "{\"claimId\":\"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1\",\"because\":\"x\"}")]
    public async Task A_command_with_a_body_checks_its_id_too(string command, string body) =>
        Assert.Equal(
            "400 malformed-id", (await Engine.Admin().PostRaw($"/v1/treasures/Golden/{command}", "application/json", body)).Problem);

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("5f0c6f5e-0b4f-5d0e-9a53")]
    public async Task A_claim_id_is_a_UUID(string claimId) =>
        Assert.Equal("400 malformed-id", (await Alice.Get($"/v1/claims/{claimId}")).Problem);
}
