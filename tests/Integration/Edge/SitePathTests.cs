using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The proxy serves only the paths of the site.</summary>
public sealed class SitePathTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/admin/lag")]
    [InlineData("/admin/events")]
    [InlineData("/v1")]
    [InlineData("/v2/hunts")]
    [InlineData("/v1/hunts.json")]
    [InlineData("/a/b.js")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/appsettings.json")]
    public async Task A_path_outside_the_site_is_not_found(string path)
    {
        var answer = await edge.Site.Get(edge.Http, path);

        Assert.Equal(("404 not-found", "no-store"), (answer.Problem, answer.Headers["Cache-Control"]));
        Assert.True(answer.Headers.ContainsKey("Hunt-Status"));
    }

    [Fact]
    public async Task Every_path_of_the_site_is_served()
    {
        foreach (var path in (string[])[
            "/", "/app.js", "/favicon.svg", "/index.html", "/openapi/v1.json", "/v1/hunts", "/v1/hunts/x?a=%2e%2e/b",
            "/v1/players/me/claims", "/v1/status"])
        {
            Assert.Equal("reads", (await edge.Site.Get(edge.Http, path)).TextOf("pool"));
        }
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("stream")]
    [InlineData("claims")]
    [InlineData("health")]
    [InlineData("metrics")]
    public async Task A_hunt_or_treasure_id_may_equal_a_route_name(string id)
    {
        Assert.Equal("reads", (await edge.Site.Get(edge.Http, $"/v1/hunts/{id}")).TextOf("pool"));
        Assert.Equal("reads", (await edge.Site.Get(edge.Http, $"/v1/treasures/{id}")).TextOf("pool"));
        Assert.Equal("streams", (await edge.Site.Get(edge.Http, $"/v1/hunts/{id}/stream")).TextOf("pool"));
        Assert.Equal("claims", (await edge.Site.Post(edge.Http, $"/v1/treasures/{id}/claims")).TextOf("pool"));
        Assert.Equal("administration", (await edge.Site.Post(edge.Http, $"/v1/hunts/{id}/open")).TextOf("pool"));
    }
}
