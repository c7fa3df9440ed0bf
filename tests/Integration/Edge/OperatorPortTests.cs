using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Operators use a separate port.</summary>
public sealed class OperatorPortTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Operators_have_a_separate_port()
    {
        Assert.Equal("200", (await Operators("/health")).Problem);
        Assert.Contains("haproxy_", (await Operators("/metrics")).Text, StringComparison.Ordinal);
        Assert.Equal("/admin/lag", (await Operators("/admin/lag")).TextOf("path"));
        Assert.Equal(
            "/admin/at/2026-11-24T18:00:00Z/hunts/x", (await Operators("/admin/at/2026-11-24T18%3A00%3A00Z/hunts/x")).TextOf("path"));
        Assert.Equal("/admin/errors/claims-0", (await Operators("/admin/errors/claims-0")).TextOf("path"));
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
}
