using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Responses of the proxy itself have the format of all other responses.</summary>
public sealed class ProblemTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task A_URI_that_is_too_long_gets_414() =>
        IsProblem("414 uri-too-long", await edge.Site.Get(edge.Http, $"/v1/hunts?x={new string('a', 5_000)}"));

    [Fact]
    public async Task Headers_that_are_too_large_get_431() =>
        IsProblem("431 headers-too-large", await edge.Site.Get(edge.Http, "/v1/hunts", new string('t', 18_000)));

    [Fact]
    public async Task Every_response_has_X_Content_Type_Options_nosniff()
    {
        Assert.Equal("nosniff", (await edge.Site.Get(edge.Http, "/v1/hunts")).Headers["X-Content-Type-Options"]);
        Assert.Equal("nosniff", (await edge.Site.Get(edge.Http, "/nowhere")).Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task HTTP_2_without_TLS_is_refused() =>
        Assert.StartsWith("HTTP/1.1 400 ", await edge.Site.Raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_preflight_request_reaches_an_Api()
    {
        var answer =
            await edge.Site.Send(
                edge.Http, HttpMethod.Options, "/v1/treasures/goose/claims", null, ("Origin", "https://shop.example"),
                ("Access-Control-Request-Method", "POST"));

        Assert.Equal(("reads", "OPTIONS"), (answer.TextOf("pool"), answer.TextOf("method")));
    }

    private static void IsProblem(string problem, ApiResponse answer)
    {
        Assert.Equal((problem, "no-store", "normal"), (answer.Problem, answer.Headers["Cache-Control"], answer.Headers["Hunt-Status"]));
        Assert.NotEmpty(answer.TextOf("title")!);
    }
}
