using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Unknown routes, and the members of problems.</summary>
public sealed class RouteTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Alice => Engine.Player("alice");

    [Theory]
    [InlineData("GET", "/v1/nowhere", "404 not-found")]
    [InlineData("GET", "/v2/hunts", "404 not-found")]
    [InlineData("POST", "/v1/hunts/autumn-sale/reopen", "404 not-found")]
    [InlineData("DELETE", "/v1/hunts", "405 method-not-allowed")]
    [InlineData("PUT", "/v1/treasures/golden-goose", "405 method-not-allowed")]
    [InlineData("GET", "/v1/treasures/golden-goose/claims", "405 method-not-allowed")]
    [InlineData("GET", "/v1/hunts/autumn-sale/open", "405 method-not-allowed")]
    public async Task An_unknown_route_gets_404_and_an_unknown_method_405(string method, string path, string problem) =>
        Assert.Equal(problem, (await Engine.Admin().Send(new HttpMethod(method), path, null)).Problem);

    [Fact]
    public async Task Every_problem_has_a_type_a_title_a_status_and_a_trace()
    {
        var problem = await Alice.Get("/v1/treasures/no-such-treasure");

        Assert.Equal("urn:treasure-hunt:problem:treasure-not-found", problem.TextOf("type"));
        Assert.NotEmpty(problem.TextOf("title")!);
        Assert.Equal(404, problem.NumberOf("status"));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", problem.TextOf("traceId")!);
    }
}
