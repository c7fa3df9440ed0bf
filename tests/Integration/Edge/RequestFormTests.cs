using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Slow bodies, unknown methods and unknown versions of HTTP.</summary>
public sealed class RequestFormTests : EdgeTests
{
    [Fact]
    public async Task A_slow_body_uses_no_slot_and_ends_with_408()
    {
        var proxy = await StartProxy(("HUNT_ACCEPTS", "1"));
        var slow =
            Enumerable.Range(0, 5).Select(_ => proxy.Raw($"POST {Claims} HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{{\"proof\":"))
                .ToList();

        Assert.Equal("claims", (await proxy.Post(Http, Claims)).TextOf("pool"));
        Assert.All(
            await Task.WhenAll(slow), answer => Assert.Matches("(?s)^HTTP/1.1 408 .*hunt-status: .*problem:request-timeout", answer));
    }

    [Theory]
    [InlineData("get", "/v1/hunts")]
    [InlineData("post", Claims)]
    [InlineData("TRACE", "/v1/hunts")]
    [InlineData("BREW", "/")]
    public async Task An_unsupported_or_misspelled_method_is_refused(string method, string path)
    {
        var proxy = await StartProxy();

        var answer = await proxy.Raw($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Matches("(?s)^HTTP/1.1 405 .*allow: .*problem:method-not-allowed", answer);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.9")]
    public async Task A_version_before_HTTP_1_0_is_refused(string version)
    {
        var proxy = await StartProxy();

        var answer = await proxy.Raw($"GET /v1/hunts HTTP/{version}\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.Matches("(?s)^HTTP/1.1 400 .*problem:invalid-request", answer);
    }
}
