using System.Globalization;
using System.Text;

namespace TreasureHunt.Faults.Load;

/// <summary>Generates malformed and unusual HTTP requests as bytes. The same seed gives the same requests.</summary>
/// <param name="token">A player's valid token. Requests with it pass authentication.</param>
/// <param name="huntId">A hunt that exists, and whose calls the suite does not record.</param>
internal sealed class HostileRequests(Random random, string token, string huntId, IReadOnlyList<string> treasureIds)
{
    private static readonly string[] Methods = [
        "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "get", "POST\t", "BREW", "G\0ET", new('M', 300),
        ""];

    private static readonly string[] Versions = [
        "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.9", "http/1.1", "HTTP/1.1 ", "", "HTTP/11", "ICAP/1.0"];

    /// <summary>Parts of paths, queries and headers.</summary>
    private static readonly string[] Fragments =
    [
        "", "/", "//", "/./", "/../", "%2e%2e/", "%2f", "%00", "%zz", "%", "%c0%af", "%u0041", ";x=y", "?", "#", "\0", "\t", "é", "\u0080",
        "A", "-", ".", "*", "\\", "\"", "<script>", "{{7*7}}", "' or 1=1--",
        "admin", "metrics", "health/ready", "openapi", "stream", "claims", "null", "true", "-1", "0", "00", "9223372036854775808", "1e309",
        new('9', 200), new('a', 65), new('x', 9_000), new('/', 300),
    ];

    private static readonly string[] Bodies =
    [
        "", "{", "}", "null", "[]", "\"", "{}", "{\"proof\":null}", "{\"proof\":7}", "{\"proof\":\"\\ud800\"}", "{\"proof\":\"\\u0000\"}",
        "{\"proof\":\"a\",\"proof\":\"b\"}", "\uFEFF{}", "{\"proof\":\"" + new string('p', 200) + "\"}",
        new string('[', 3_000), "{\"a\":" + new string('[', 60) + new string(']', 60) + "}",
        "[" + string.Join(',', Enumerable.Repeat("0", 1_500)) + "]", "<xml/>", "proof=x", "\u00FF\u00FE\u0000", new('z', 20_000),
    ];

    public byte[] Next()
    {
        var method = OneIn(6) ? Any(Methods) : random.Next(3) == 0 ? "POST" : "GET";
        var body = method == "POST" || OneIn(10) ? Any(Bodies) : "";
        var text = new StringBuilder().Append(method).Append(' ').Append(Path()).Append(' ').Append(OneIn(12) ? Any(Versions) : Versions[0])
            .Append(OneIn(30) ? "\n" : "\r\n");
        foreach (var header in Headers(body))
        {
            text.Append(header).Append(OneIn(60) ? "\n" : "\r\n");
        }

        text.Append("\r\n").Append(body);
        var bytes = Encoding.Latin1.GetBytes(text.ToString());
        if (OneIn(8))
        {
            // Replaces a few bytes.
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
        }

        return OneIn(15) ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private string Path()
    {
        var treasure = Any(treasureIds);
        var path = random.Next(12) switch
        {
            0 => "/v1/hunts",
            1 => $"/v1/hunts/{huntId}",
            2 => $"/v1/hunts/{huntId}/stream",
            3 => $"/v1/hunts/{huntId}/leaderboard?top={Any(Fragments)}",
            4 => $"/v1/treasures/{treasure}",
            5 or 6 => $"/v1/treasures/{treasure}/claims",
            7 => "/v1/claims/00000000-0000-0000-0000-000000000001",
            8 => "/v1/players/me/claims",
            9 => $"/admin/audit?huntId={huntId}",
            10 => Any(["/", "/app.js", "/openapi/v1.json", "/v1/visitors", "/v1/status", "/health/live", "/metrics"]),
            _ => $"/{Any(Fragments)}/{Any(Fragments)}",
        };
        return random.Next(3) switch
        {
            0 => path,
            1 => path.Insert(random.Next(path.Length + 1), Any(Fragments)),
            _ => path + Any(["/", "//", "?", "?x=" + Any(Fragments), "/" + Any(Fragments), ""]),
        };
    }

    private IEnumerable<string> Headers(string body)
    {
        if (!OneIn(20))
        {
            yield return OneIn(20) ? $"Host: {Any(Fragments)}" : "Host: 127.0.0.1";
        }

        if (!OneIn(3))
        {
            yield return $"Authorization: Bearer {(OneIn(4) ? DamageToken(token) : token)}";
        }

        if (body.Length > 0)
        {
            yield return OneIn(8)
                ? "Transfer-Encoding: " + Any(["chunked", "gzip, chunked", "identity", "chunked, chunked", Any(Fragments)])
                : "Content-Length: " + (OneIn(8) ? Any(Fragments) : body.Length.ToString(CultureInfo.InvariantCulture));
            yield return "Content-Type: " + (OneIn(4)
                ? Any(["text/plain", "application/json; charset=utf-7", "application/xml", Any(Fragments)])
                : "application/json");
        }

        for (var count = random.Next(5); count > 0; count--)
        {
            var value = Any(Fragments);
            yield return random.Next(14) switch
            {
                0 or 1 => $"Idempotency-Key: hostile-{random.Next()}",
                2 => $"Idempotency-Key: {value}",
                3 => $"Prefer: wait={value}",
                4 => $"Prefer: {Any(["wait=1", "respond-async, wait=2", "wait=\"1\"", "wait=1;x=\"", value])}",
                5 => $"If-None-Match: {Any(["*", "\"99999999999-é\"", "W/\"1\"", $"\"{value}\"", value])}",
                6 => $"Last-Event-ID: {Any(["1-2-3", "-1--2-3", $"{value}-{value}-{value}", value])}",
                7 => $"Accept: {value}",
                8 => $"Content-Encoding: {Any(["gzip", "br", value])}",
                9 => $"X-Forwarded-For: {Any(["127.0.0.1", value])}",
                10 => $"Hunt-Reader-From: {value}",
                11 => $"traceparent: {Any(["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", value])}",
                12 => $"{value}: {value}",
                _ => $"X-Long: {new string('h', random.Next(20_000))}",
            };
        }

        if (OneIn(2))
        {
            yield return "Connection: close";
        }
    }

    private string DamageToken(string jwt) => random.Next(4) switch
    {
        0 => jwt[..random.Next(jwt.Length)],
        1 => jwt.Insert(random.Next(jwt.Length), Any(Fragments)),
        // {"alg":"none"}
        2 => $"eyJhbGciOiJub25lIn0.{jwt.Split('.')[1]}.",
        _ => Any(Fragments),
    };

    private bool OneIn(int count) => random.Next(count) == 0;

    private T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
