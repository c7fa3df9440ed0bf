using System.Net.Http.Headers;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimRoutes;

/// <summary>Other claims take the ordinary route.</summary>
public sealed class OrdinaryClaimTests(SharedEngine engine) : RouteHost(engine)
{
    private static readonly (string, string)[] Key = [("Idempotency-Key", "key")];

    [Fact]
    public async Task A_claim_that_is_not_plain_takes_the_ordinary_route()
    {
        const string Path = "/v1/treasures/no-such-treasure/claims";
        (string Expected, string Path, string? Type, string Body, (string, string)[] Headers)[] cases =
        [
            ("400 malformed-id", "/v1/treasures/Goose/claims", null, "", Key),
            ("400 malformed-id", "/v1/treasures/-goose/claims", null, "", Key),
            ("400 malformed-id", $"/v1/treasures/{new string('a', 65)}/claims", null, "", Key),
            ("404 treasure-not-found", "/V1/treasures/no-such-treasure/claims", null, "", Key),
            ("404 treasure-not-found", $"{Path}/", null, "", Key),
            ("404 not-found", "/v1/treasures//claims", null, "", Key),
            ("405 method-not-allowed", "/v1/treasures/claims", null, "", Key),
            ("404 not-found", "/v1/treasures/a/b/claims", null, "", Key),
            ("404 treasure-not-found", Path, null, "", [.. Key, ("Origin", "https://shop.example")]),
            ("415 unsupported-media-type", Path, "text/plain", "{}", Key),
            ("415 unsupported-media-type", Path, "text/plain", "", Key),
            ("404 treasure-not-found", Path, "application/json; charset=UTF-8", "{}", Key),
            ("404 treasure-not-found", Path, "application/problem+json", "{}", Key),
            ("413 body-too-large", Path, "application/json", $"{{\"proof\":\"{new string('p', 4096)}\"}}", Key),
        ];

        foreach (var (expected, path, type, body, headers) in cases)
        {
            var plain = await Alice.AssertSameResponse(
                path,
                () => type is null ? null : new StringContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
                headers);
            Assert.Equal((expected, path, type), (plain.Problem, path, type));
        }

        var compressed = await Alice.AssertSameResponse(
            Path,
            () => new StringContent("{}") { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } },
            Key);
        Assert.Equal("415 unsupported-media-type", compressed.Problem);
        await Alice.Claim(Exhausted, "plain");
        await AssertFastClaims(1);
    }

    [Fact]
    public async Task Only_a_validated_token_of_a_player_takes_the_fast_route()
    {
        var expired = Engine.Anonymous(HostName) with
        {
            Token = ApiCallers.Token(
                Audiences.Player, "alice", token => token.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1)),
        };
        ApiCaller[] callers = [Engine.Anonymous(HostName), Engine.Storefront("shop:", HostName), Engine.Admin(HostName), expired];
        foreach (var caller in callers.Where(caller => caller.Token is not null))
        {
            await caller.ValidateToken();
        }

        foreach (var caller in callers)
        {
            await caller.AssertSameResponse("/v1/treasures/goose/claims", () => null, [.. Key, ("Hunt-Player", "shop:alice")]);
        }

        // The first claim of a token validates it.
        await Engine.Player("bob", HostName).Post("/v1/treasures/goose/claims", null, Key);
        var nobody = Engine.Player("no player", HostName);
        await nobody.ValidateToken();
        Assert.Equal("403 forbidden", (await nobody.AssertSameResponse("/v1/treasures/goose/claims", () => null, Key)).Problem);
        Assert.Equal(
            "403 forbidden",
            (await Alice.AssertSameResponse("/v1/treasures/goose/claims", () => null, [.. Key, ("Hunt-Player", "bob")])).Problem);
        await AssertFastClaims(2);
    }
}
