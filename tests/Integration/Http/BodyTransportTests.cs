using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Compressed and slow request bodies.</summary>
public sealed class BodyTransportTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        // The body is refused before it is read.
        using var body = new ByteArrayContent("compressed"u8.ToArray());
        body.Headers.ContentType = new("application/json");
        body.Headers.ContentEncoding.Add("gzip");
        var answer = await Engine.Player("alice").Send(HttpMethod.Post, Claims, body, ("Idempotency-Key", "key"));

        Assert.Equal(("415 unsupported-media-type", "identity"), (answer.Problem, answer.Headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task A_slow_body_gets_408()
    {
        var answer = await RawHttp.Send(
            Engine.Host("api-1").Url,
            $"POST {Claims} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ApiCallers.Token("treasure-hunt-player", "alice")}\r\n"
                + "Idempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{\"proof\":\"");

        Assert.Matches("(?s)^HTTP/1.1 408 .*problem:request-timeout", answer);
        Assert.DoesNotContain("too slow", Engine.Host("api-1").Output, StringComparison.OrdinalIgnoreCase);
    }
}
