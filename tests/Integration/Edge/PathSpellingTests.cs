using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The proxy accepts one spelling of a path.</summary>
public sealed class PathSpellingTests(SharedEdge edge) : IClassFixture<SharedEdge>
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
    public async Task A_path_with_an_extra_slash_is_refused(string path) => await Refused(path);

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
    public async Task Another_spelling_of_a_path_is_refused(string path) => await Refused(path);

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
