using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>HEAD and OPTIONS of RFC 9110.</summary>
public sealed class MethodTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData("/v1/hunts")]
    [InlineData("/v1/status")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/ready")]
    [InlineData("/")]
    [InlineData("/app.js")]
    [InlineData("/v1/nowhere")]
    [InlineData("/v1/hunts/no-such-hunt")]
    [InlineData("/v1/players/me/claims")]
    public async Task HEAD_is_GET_without_the_body(string path)
    {
        var get = await Engine.Anonymous().Get(path);
        var head = await Engine.Anonymous().Send(HttpMethod.Head, path, null);

        Assert.Equal((get.Status, get.MediaType, ""), (head.Status, head.MediaType, head.Text));
        Assert.Equal(
            get.Headers.Keys.Except(["Transfer-Encoding", "Content-Length"]).Order(),
            head.Headers.Keys.Except(["Transfer-Encoding", "Content-Length"]).Order());
    }

    [Fact]
    public async Task HEAD_of_a_stream_ends()
    {
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.Admin().WaitForHunt(huntId, "open");

        var head = await Engine.Anonymous().Send(HttpMethod.Head, $"/v1/hunts/{huntId}/stream", null);

        Assert.Equal(("200", "text/event-stream"), (head.Problem, head.MediaType));
    }

    [Theory]
    [InlineData("/v1/hunts", "GET, HEAD, OPTIONS, POST")]
    [InlineData("/v1/treasures/goose/claims", "OPTIONS, POST")]
    [InlineData("/v1/status", "GET, HEAD, OPTIONS")]
    public async Task OPTIONS_and_405_list_the_methods_of_a_route(string path, string methods)
    {
        var options = await Engine.Anonymous().Send(HttpMethod.Options, path, null);
        var refused = await Engine.Anonymous().Send(HttpMethod.Delete, path, null);

        Assert.Equal(("204", methods), (options.Problem, Allowed(options)));
        Assert.Equal(("405 method-not-allowed", methods), (refused.Problem, Allowed(refused)));
        Assert.Equal("404 not-found", (await Engine.Anonymous().Send(HttpMethod.Options, "/v1/nowhere", null)).Problem);

        static string Allowed(ApiResponse answer) => string.Join(", ", answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal));
    }
}
