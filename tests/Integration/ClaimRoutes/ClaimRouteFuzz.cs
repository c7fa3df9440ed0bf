using System.Net.Http.Headers;
using CsCheck;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimRoutes;

/// <summary>Random claims get the same response on both routes.</summary>
public sealed class ClaimRouteFuzz(SharedEngine engine) : RouteHost(engine)
{
    private static readonly Gen<string> Segments =
        OneOf("exhausted", "exhausted", "no-such-treasure", "Goose", "a.b", "%67oose", "");

    private static readonly Gen<string?> Keys = OneOf<string?>("won", "won", "lost", "two words", "", null);
    private static readonly Gen<string?> Types = OneOf<string?>(
        null, "application/json", "application/json", "application/json; charset=utf-8", "Application/JSON", "text/plain");

    private static readonly Gen<string> Bodies = Gen.OneOf(
        OneOf("", "{}", "{\"proof\":\"oak\"}", "{\"proof\":\"elm\"}", "{\"proof\":null}", "null", "{\"proof\":1}", "{} {}"),
        Gen.Char[' ', '~'].Array[0, 12].Select(characters => new string(characters)));

    private static readonly Gen<(string, string)[]> Headers = OneOf<(string, string)>(
        ("Prefer", "wait=1"), ("Prefer", "respond-async"), ("Prefer", "wait=\"1"), ("Hunt-Pool", "claims"), ("Hunt-Pool", "waiting-claims"),
        ("Hunt-Player", "bob"), ("Origin", "https://shop.example"), ("Content-Encoding", "identity"), ("X-Forwarded-For", "192.0.2.7"),
        ("Hunt-Reader-From", "api-2"), ("Expect", "100-continue"), ("Idempotency-Key", "another")).Array[0, 3];

    [Fact]
    public async Task A_random_claim_gets_the_same_response_on_both_routes()
    {
        await Gen.Select(Segments, Keys, Types, Bodies, Headers).SampleAsync(
            async (segment, key, type, body, headers) => await Alice.AssertSameResponse(
                $"/v1/treasures/{(segment == "exhausted" ? Exhausted : segment)}/claims",
                () => type is null ? null : new StringContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
                [.. headers, .. key is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", key)]]),
            iter: 1_000, threads: 1);

        Assert.InRange(await Engine.FastClaims(HostName), 100, 1_000);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
