using System.Net.Http.Headers;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimRoutes;

/// <summary>Plain claims take the fast route and get the response of the ordinary route.</summary>
public sealed class PlainClaimTests(SharedEngine engine) : RouteHost(engine)
{
    [Fact]
    public async Task A_plain_claim_gets_the_response_of_the_ordinary_route()
    {
        var admin = Engine.Admin();
        var huntId = await admin.OpenHunt();
        var open = await admin.Hide(huntId, stock: 100, perPlayer: 100);
        var secret = await admin.Hide(await admin.Draft());
        await Engine.Admin(HostName).Get($"/v1/treasures/{open}");
        (string Treasure, string Key, string? Proof, string? Wait, string Expected)[] cases =
        [
            (open, "waits", null, "wait=20", "200"),
            (open, "waits", null, "wait=20", "200"),
            (open, "waits", "oak", "wait=20", "422 idempotency-key-reused"),
            (open, "does-not-wait", null, null, "202"),
            (Exhausted, "won", "oak", "wait=20", "200"),
            (Exhausted, "won", "oak", null, "200"),
            (Exhausted, "won", "elm", null, "422 idempotency-key-reused"),
            (Exhausted, "lost", "oak", "wait=20", "409 treasure-exhausted"),
            (Exhausted, "lost", null, "foo=\"wait=9, x\", wait=0", "409 treasure-exhausted"),
            (secret, "key", null, "wait=20", "404 treasure-not-found"),
            ("no-such-treasure", "key", null, "wait=20", "404 treasure-not-found"),
            ("no-such-treasure", new string('k', 128), new string('p', 128), null, "404 treasure-not-found"),
            ("no-such-treasure", "two words", null, null, "400 idempotency-key-invalid"),
            ("no-such-treasure", "", null, null, "400 idempotency-key-missing"),
            ("no-such-treasure", "key", new string('p', 129), null, "400 invalid-request"),
            ("no-such-treasure", "key", "\u0007", null, "400 invalid-request"),
        ];

        foreach (var (treasureId, key, proof, wait, expected) in cases)
        {
            var isOpen = treasureId == open;
            var plain = await Alice.AssertSameResponse(
                $"/v1/treasures/{treasureId}/claims", () => proof is null ? null : ApiCaller.Json(new { proof }),
                [("Idempotency-Key", key), .. wait is null ? Array.Empty<(string, string)>() : [("Prefer", wait)]],
                isOpen ? $"{key}-ordinary" : null);
            Assert.Equal(expected, plain.Problem);
            Assert.Contains("Content-Length", plain.Headers.Keys);
        }

        await AssertFastClaims(cases.Length);
    }

    [Fact]
    public async Task A_body_is_read_as_on_the_ordinary_route()
    {
        (string Body, string Expected)[] cases =
        [
            ("{", "400 invalid-json"),
            ("[]", "400 invalid-json"),
            ("{\"proof\": 1}", "400 invalid-json"),
            ("{\"proof\": \"x\"} and more", "400 invalid-json"),
            ("\u00ef\u00bb\u00bf{}", "404 treasure-not-found"),
            ("null", "404 treasure-not-found"),
            ("{\"PROOF\":\"x\",\"more\":[1]}", "404 treasure-not-found"),
        ];

        foreach (var (body, expected) in cases)
        {
            var plain = await Alice.AssertSameResponse(
                "/v1/treasures/no-such-treasure/claims",
                () => new ByteArrayContent([.. body.Select(character => (byte)character)])
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                },
                [("Idempotency-Key", "key")]);
            Assert.Equal(expected, plain.Problem);
        }

        await AssertFastClaims(cases.Length);
        // The ordinary route and the fast one are one route for the metrics of HTTP.
        Assert.Matches(
            "(?m)^http_server_request_duration_seconds_count\\{.*http_response_status_code=\"400\","
                + "http_route=\"/v1/treasures/\\{treasureId\\}/claims\".*\\} 8$",
            (await Engine.Anonymous(HostName).Get("/metrics")).Text);
    }

    [Fact]
    public async Task A_slow_body_gets_408()
    {
        var answer = await RawHttp.Send(
            Engine.Host(HostName).Url,
            $"POST /v1/treasures/goose/claims HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Alice.Token}\r\n"
                + "Idempotency-Key: slow\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{\"proof\":\"");

        Assert.Matches("(?s)^HTTP/1.1 408 .*problem:request-timeout", answer);
        await AssertFastClaims(1);
    }
}
