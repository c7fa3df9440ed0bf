using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Security headers of responses.</summary>
public sealed class SecurityHeaderTests(SharedEngine engine) : EngineTests(engine)
{
    private static readonly string[] SecurityHeaders = ["X-Content-Type-Options", "Content-Security-Policy"];

    private static readonly string[] PageHeaders = [
        .. SecurityHeaders, "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"];

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere.html")]
    public async Task Every_page_has_the_document_security_headers(string path)
    {
        var answer = await Engine.Anonymous().Get(path);

        Assert.All(PageHeaders, header => Assert.True(answer.Headers.ContainsKey(header), header));
    }

    [Theory]
    [InlineData("/v1/hunts")]
    [InlineData("/v1/nowhere")]
    [InlineData("/v1/hunts/Golden")]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=many")]
    [InlineData("/v1/players/me/claims")]
    public async Task Every_response_has_the_security_headers(string path)
    {
        var answer = await Engine.Anonymous().Get(path);

        Assert.All(SecurityHeaders, header => Assert.True(answer.Headers.ContainsKey(header), header));
    }
}
