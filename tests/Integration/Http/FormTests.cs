using System.Net.Http.Headers;
using System.Text;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>What is not of its form is refused, by name, before anything else happens.</summary>
public sealed class FormTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";
    private const int Far = 65;

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
        foreach (var id in (string[])["Golden", "-goose", "gol_den", "g%C3%A4nse", new string('a', Far)])
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
    public async Task A_command_needs_no_key_but_not_a_wrong_one() => Assert.Equal(
        "400 idempotency-key-invalid",
        (await Engine.Admin().Post("/v1/hunts/autumn-sale/open", null, ("Idempotency-Key", new string('k', 129)))).Problem);

    [Fact]
    public async Task A_body_beyond_its_limit_is_too_large_however_it_comes()
    {
        var large = $"{{\"proof\":\"{new string('x', 4096)}\"}}";

        Assert.Equal("413 body-too-large", (await PostClaim("application/json", large)).Problem);
        Assert.Equal(
            "413 body-too-large", (await Alice.Send(HttpMethod.Post, Claims, new Chunked(large), ("Idempotency-Key", "key"))).Problem);
        Assert.Equal(
            "413 body-too-large",
            (await Engine.Admin().PostRaw(
                "/v1/hunts", "application/json", $"{{\"name\":\"{new string('x', 300_000)}\"}}", ("Expect", "100-continue"))).Problem);
        Assert.Equal(
            "404 treasure-not-found", (await PostClaim("application/json", $"{{\"proof\":\"x\"}}{new string(' ', 4000)}")).Problem);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"proof\": 1}")]
    [InlineData("{\"proof\": \"x\"} and more")]
    public async Task A_claims_body_is_JSON_of_its_shape(string body) =>
        Assert.Equal("400 invalid-json", (await PostClaim("application/json", body)).Problem);

    [Theory]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"name\": 1}")]
    [InlineData("{\"opensAt\": \"tomorrow\"}")]
    public async Task A_commands_body_is_JSON_of_its_shape(string body) =>
        Assert.Equal("400 invalid-json", (await Engine.Admin().PostRaw("/v1/hunts", "application/json", body)).Problem);

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_command_without_its_body_is_refused(string body) =>
        Assert.StartsWith(
            "400 invalid-", (await Engine.Admin().PostRaw("/v1/hunts", "application/json", body)).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_body_of_another_type_is_not_taken()
    {
        Assert.Equal("415 unsupported-media-type", (await PostClaim("text/plain", "{}")).Problem);
        Assert.Equal("415 unsupported-media-type", (await PostClaim("application/x-www-form-urlencoded", "proof=x")).Problem);
        Assert.Equal("415 unsupported-media-type", (await Engine.Admin().PostRaw("/v1/hunts", "text/plain", "{}")).Problem);
        Assert.Equal("404 treasure-not-found", (await PostClaim("application/json; charset=utf-8", "{}")).Problem);
    }

    [Fact]
    public async Task A_proof_has_at_most_128_characters() =>
        Assert.Equal(["proof"], Fields(await Alice.Claim("golden-goose", "key", new string('x', 129))));

    [Theory]
    [InlineData("GET", "/v1/nowhere", "404 not-found")]
    [InlineData("GET", "/v2/hunts", "404 not-found")]
    [InlineData("POST", "/v1/hunts/autumn-sale/reopen", "404 not-found")]
    [InlineData("DELETE", "/v1/hunts", "405 method-not-allowed")]
    [InlineData("PUT", "/v1/treasures/golden-goose", "405 method-not-allowed")]
    [InlineData("GET", "/v1/treasures/golden-goose/claims", "405 method-not-allowed")]
    [InlineData("GET", "/v1/hunts/autumn-sale/open", "405 method-not-allowed")]
    public async Task What_is_no_route_says_so(string method, string path, string problem) =>
        Assert.Equal(problem, (await Engine.Admin().Send(new HttpMethod(method), path, null)).Problem);

    [Theory]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=0", "top")]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=101", "top")]
    [InlineData("/v1/players/me/claims?top=0", "top")]
    [InlineData("/v1/players/me/claims?top=201", "top")]
    public async Task A_list_has_its_bounds(string path, string field) => Assert.Equal([field], Fields(await Alice.Get(path)));

    [Theory]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=many")]
    [InlineData("/v1/players/me/claims?top=many")]
    public async Task A_number_is_a_number(string path) => Assert.Equal("400 invalid-request", (await Alice.Get(path)).Problem);

    [Theory]
    [InlineData("/v1/hunts", "{}", "closesAt name opensAt")]
    [InlineData("/v1/hunts", "{\"huntId\":\"No Slug\",\"name\":\"x\",\"opensAt\":\"2026-11-23T18:00:00Z\",\"closesAt\":\"2026-11-23T18:00:00Z\",\"playerLimit\":0}", "closesAt huntId playerLimit")]
    [InlineData("/v1/hunts/autumn-sale/treasures", "{}", "name stock")]
    [InlineData("/v1/hunts/autumn-sale/treasures", "{\"treasureId\":\"No\",\"name\":\"\",\"stock\":-1,\"perPlayer\":0,\"proof\":\"\",\"clues\":[{\"text\":\"\"}]}", "clues[0].revealAt clues[0].text name perPlayer proof stock treasureId")]
    [InlineData("/v1/treasures/golden-goose/clues", "{}", "revealAt text")]
    [InlineData("/v1/treasures/golden-goose/restock", "{\"units\":0}", "units")]
    [InlineData("/v1/treasures/golden-goose/restock", "{\"units\":1000001}", "units")]
    [InlineData("/v1/treasures/golden-goose/revoke", "{}", "because claimId")]
    public async Task Fields_out_of_range_are_named_as_in_the_JSON(string path, string body, string fields) =>
        Assert.Equal(fields.Split(' '), Fields(await Engine.Admin().PostRaw(path, "application/json", body)));

    [Fact]
    public async Task Every_problem_has_a_type_a_title_a_status_and_a_trace()
    {
        var problem = await Alice.Get("/v1/treasures/no-such-treasure");

        Assert.Equal("urn:treasure-hunt:problem:treasure-not-found", problem.Word("type"));
        Assert.NotEmpty(problem.Word("title")!);
        Assert.Equal(404, problem.Number("status"));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", problem.Word("traceId")!);
    }

    private Task<ApiResponse> PostClaim(string contentType, string body) =>
        Alice.PostRaw(Claims, contentType, body, ("Idempotency-Key", "key"));

    private static IEnumerable<string> Fields(ApiResponse answer)
    {
        Assert.Equal("400 invalid-request", answer.Problem);
        return answer["errors"].EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class Chunked : StreamContent
    {
        public Chunked(string body)
            : base(new MemoryStream(Encoding.UTF8.GetBytes(body))) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
