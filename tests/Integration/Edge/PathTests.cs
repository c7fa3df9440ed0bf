using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>A path has one spelling, and only the site's own paths are served.</summary>
public sealed class PathTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [Theory]
    [InlineData("/%zz/../metrics")]
    [InlineData("/%zz/../health/ready")]
    [InlineData("/%zz/../v1/treasures/goose/claims")]
    [InlineData("/v1/hunts/%2e%2e/status")]
    [InlineData("/v1/hunts%2fx")]
    [InlineData("/v1/hunts/%61")]
    public async Task A_path_with_a_broken_escape_is_refused(string path) => await Refused(path);

    [Theory]
    [InlineData("/v1/hunts/x/stream/")]
    [InlineData("/v1/treasures/goose/claims/")]
    [InlineData("/v1/hunts/")]
    [InlineData("//")]
    [InlineData("//v1/hunts")]
    [InlineData("/v1//hunts")]
    public async Task A_trailing_slash_is_no_way_around(string path) => await Refused(path);

    [Theory]
    [InlineData("/V1/hunts")]
    [InlineData("/v1/hunts/x/STREAM")]
    [InlineData("/v1/hunts;a=b")]
    [InlineData("/v1\\hunts")]
    [InlineData("/v1/./hunts")]
    [InlineData("/v1/../v1/hunts")]
    [InlineData("/.")]
    [InlineData("/..")]
    [InlineData("/.git")]
    [InlineData("/app..js")]
    [InlineData("/v1/hunts/a+b")]
    [InlineData("*")]
    public async Task Another_spelling_is_refused(string path) => await Refused(path);

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
    public async Task What_the_site_does_not_consist_of_is_not_found(string path)
    {
        var answer = await edge.Site.Get(edge.Http, path);

        Assert.Equal(("404 not-found", "no-store"), (answer.Problem, answer.Headers["Cache-Control"]));
        Assert.True(answer.Headers.ContainsKey("Hunt-Status"));
    }

    [Fact]
    public async Task The_site_is_served()
    {
        foreach (var path in (string[])[
            "/", "/app.js", "/favicon.svg", "/index.html", "/openapi/v1.json", "/v1/hunts", "/v1/hunts/x?a=%2e%2e/b",
            "/v1/players/me/claims", "/v1/status"])
        {
            Assert.Equal("reads", (await edge.Site.Get(edge.Http, path)).Word("pool"));
        }
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("stream")]
    [InlineData("claims")]
    [InlineData("health")]
    [InlineData("metrics")]
    public async Task A_hunt_or_a_treasure_may_have_any_name(string id)
    {
        Assert.Equal("reads", (await edge.Site.Get(edge.Http, $"/v1/hunts/{id}")).Word("pool"));
        Assert.Equal("reads", (await edge.Site.Get(edge.Http, $"/v1/treasures/{id}")).Word("pool"));
        Assert.Equal("streams", (await edge.Site.Get(edge.Http, $"/v1/hunts/{id}/stream")).Word("pool"));
        Assert.Equal("claims", (await edge.Site.Post(edge.Http, $"/v1/treasures/{id}/claims")).Word("pool"));
        Assert.Equal("administration", (await edge.Site.Post(edge.Http, $"/v1/hunts/{id}/open")).Word("pool"));
    }

    [Fact]
    public async Task Operators_have_a_port_of_their_own()
    {
        Assert.Equal("200", (await Operators("/health")).Problem);
        Assert.Contains("haproxy_", (await Operators("/metrics")).Text, StringComparison.Ordinal);
        Assert.Equal("/admin/lag", (await Operators("/admin/lag")).Word("path"));
        Assert.Equal(
            "/admin/at/2026-11-24T18:00:00Z/hunts/x", (await Operators("/admin/at/2026-11-24T18%3A00%3A00Z/hunts/x")).Word("path"));
        Assert.Equal("/admin/errors/claims-0", (await Operators("/admin/errors/claims-0")).Word("path"));
        Assert.Equal("404 not-found", (await Operators("/v1/hunts")).Problem);
        Assert.Equal("404 not-found", (await Operators("/")).Problem);
        Assert.Contains(
            "malformed-path",
            await edge.Site.Raw("GET /admin/../metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", edge.Site.Operators),
            StringComparison.Ordinal);

        async Task<ApiResponse> Operators(string path)
        {
            using var response = await edge.Http.GetAsync(new Uri(edge.Site.Operators, path));
            return await ApiResponse.Of(response);
        }
    }

    private async Task Refused(string path)
    {
        foreach (var method in (string[])["GET", "POST", "HEAD"])
        {
            var answer = await edge.Site.Raw($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
            if (method != "HEAD")
            {
                Assert.Matches(
                    "(?s)no-store.*hunt-status.*problem\\+json.*\"type\":\"urn:treasure-hunt:problem:(malformed-path|invalid-request)\"",
                    answer);
            }
        }
    }
}
