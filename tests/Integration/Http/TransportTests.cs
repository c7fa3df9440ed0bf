using System.Text.Json.Nodes;
using TreasureHunt.Api.Http;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>How requests arrive and answers leave, whatever they are about.</summary>
public sealed class TransportTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Claims = "/v1/treasures/golden-goose/claims";

    private static readonly string[] SecurityHeaders = ["X-Content-Type-Options", "Content-Security-Policy"];

    private static readonly string[] PageHeaders = [
        .. SecurityHeaders, "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"];

    [Fact]
    public async Task A_compressed_body_is_not_taken()
    {
        // What it holds does not matter: it is not looked at.
        using var body = new ByteArrayContent("compressed"u8.ToArray());
        body.Headers.ContentType = new("application/json");
        body.Headers.ContentEncoding.Add("gzip");
        var answer = await Engine.Player("alice").Send(HttpMethod.Post, Claims, body, ("Idempotency-Key", "key"));

        Assert.Equal(("415 unsupported-media-type", "identity"), (answer.Problem, answer.Headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_a_408()
    {
        var answer = await RawHttp.Send(
            Engine.Host("api-1").Url,
            $"POST {Claims} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ApiCallers.Token("treasure-hunt-player", "alice")}\r\nIdempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{{\"proof\":\"");

        Assert.Matches("(?s)^HTTP/1.1 408 .*problem:request-timeout", answer);
        Assert.DoesNotContain("too slow", Engine.Host("api-1").Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere.html")]
    public async Task Every_page_has_the_headers_that_guard_a_document(string path)
    {
        var answer = await Engine.Nobody().Get(path);

        Assert.All(PageHeaders, header => Assert.True(answer.Headers.ContainsKey(header), header));
    }

    [Theory]
    [InlineData("/v1/hunts")]
    [InlineData("/v1/nowhere")]
    [InlineData("/v1/hunts/Golden")]
    [InlineData("/v1/hunts/autumn-sale/leaderboard?top=many")]
    [InlineData("/v1/players/me/claims")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        var answer = await Engine.Nobody().Get(path);

        Assert.All(SecurityHeaders, header => Assert.True(answer.Headers.ContainsKey(header), header));
    }

    [Fact]
    public async Task A_bad_number_is_not_logged()
    {
        var answer = await Engine.Player("alice").Get("/v1/hunts/autumn-sale/leaderboard?top=%1b[2J%0downed%0a");

        Assert.Equal("400 invalid-request", answer.Problem);
        Assert.DoesNotContain("owned", Engine.Host("api-1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_the_log_has_its_date() =>
        await Until.True(
            "it has begun to log",
            () => System.Text.RegularExpressions.Regex.IsMatch(
                Engine.Host("commands-1").Output, @": \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [a-z]{4}: "));

    [Fact]
    public async Task Levels_and_the_form_of_the_log_can_be_set()
    {
        const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";
        var host = await Engine.Add("api-json", ("Logging__Format", "json"), ($"Logging__LogLevel__{Category}", "Information"));
        await Engine.Nobody(host.Name).Get("/v1/hunts?told=here");

        var entry = await Until.Some("it has logged the request", () => Task.FromResult(Entries(host).FirstOrDefault(entry =>
            entry["Category"]!.GetValue<string>() == Category
                && entry["Message"]!.GetValue<string>().Contains("told=here", StringComparison.Ordinal))));

        Assert.Equal("Information", entry["LogLevel"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", entry["Timestamp"]!.GetValue<string>());
        Assert.Matches("\"TraceId\":\"[0-9a-f]{32}\"", entry["Scopes"]!.ToJsonString());
        // Requests are logged only where somebody has asked for it.
        Assert.DoesNotContain("Request starting", Engine.Host("api-1").Output, StringComparison.Ordinal);
        await host.Kill();

        static IEnumerable<JsonNode> Entries(HostProcess host) =>
            host.Output.Split('\n').Select(line => JsonNode.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..])!);
    }

    [Fact]
    public async Task Behind_a_proxy_only_the_pool_of_streams_streams()
    {
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.Admin().SeesHunt(huntId, "open");

        Assert.Equal("404 not-found", (await Engine.Nobody().Get($"/v1/hunts/{huntId}/stream", (EdgePool.Header, "reads"))).Problem);
    }

    [Fact]
    public async Task Behind_a_proxy_only_the_pools_of_those_who_wait_wait()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100, perPlayer: 100);

        foreach (var (pool, waits) in new[] { ("claims", false), ("waiting-claims", true) })
        {
            var answer =
                await Engine.Player("alice").Post(
                    $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", pool), ("Prefer", "wait=5"), (EdgePool.Header, pool));
            Assert.Equal(waits, answer.Headers.ContainsKey("Preference-Applied"));
        }
    }
}
