using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Who may call what.</summary>
public sealed partial class AuthTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Players = "players and storefronts";
    private const string Everybody = "players, storefronts and administrators with the scope claims";

    /// <summary>Every route that needs a token, with the scope, or the callers, that it takes.</summary>
    public static TheoryData<string, string, string, string> Guarded => new()
    {
        { "api-1", "POST", "/v1/treasures/{treasureId}/claims", Players },
        { "api-1", "GET", "/v1/players/me/claims", Players },
        { "api-1", "GET", "/v1/claims/{claimId}", Everybody },
        { "api-1", "POST", "/v1/hunts", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/schedule", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/open", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/pause", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/resume", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/close", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/cancel", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/treasures", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/clues", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/restock", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/withdraw", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/revoke", Scopes.Claims },
        { "projections-1", "GET", "/admin/events", Scopes.Read },
        { "projections-1", "GET", "/admin/commands", Scopes.Read },
        { "projections-1", "GET", "/admin/audit", Scopes.Read },
        { "projections-1", "GET", "/admin/at/{moment}/treasures/{treasureId}", Scopes.Read },
        { "projections-1", "GET", "/admin/at/{moment}/hunts/{huntId}", Scopes.Read },
        { "projections-1", "GET", "/admin/lag", Scopes.Operations },
        { "projections-1", "POST", "/admin/lag/reset", Scopes.Operations },
        { "projections-1", "POST", "/admin/replays", Scopes.Operations },
        { "projections-1", "GET", "/admin/replays", Scopes.Operations },
        { "projections-1", "GET", "/admin/replays/{replayId}", Scopes.Operations },
        { "projections-1", "DELETE", "/admin/replays/{replayId}", Scopes.Operations },
        { "projections-1", "GET", "/admin/generations", Scopes.Operations },
        { "commands-1", "GET", "/admin/errors", Scopes.Operations },
        { "commands-1", "GET", "/admin/errors/{queue}", Scopes.Operations },
        { "commands-1", "POST", "/admin/errors/{queue}/retry", Scopes.Operations },
        { "commands-1", "POST", "/admin/errors/{queue}/drop", Scopes.Operations },
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_route_takes_no_caller_without_the_right_token(string host, string method, string path, string takes)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(host, method, path, null)).Status);
        var scope = takes switch { Players => null, Everybody => Scopes.Claims, _ => takes };
        string[] wrong =
        [
            .. takes is Players or Everybody
                ? [] : new[] { ApiCallers.Token(Audiences.Player, "alice"), Engine.Storefront("shop1:").Token! },
            // Whatever else they may do.
            ApiCallers.Administrator("erika"),
            ApiCallers.Administrator("erika", [.. Scopes.All.Where(other => other != scope)]),
            .. Scopes.All.Where(other => other != scope).Select(other => ApiCallers.Administrator("erika", other)),
            .. scope is null ? [ApiCallers.Administrator("erika", [.. Scopes.All])] : Array.Empty<string>(),
            // A scope is a whole word, and no claim of a player.
            .. scope is null ? [] : new[] { ApiCallers.Administrator("erika", $"{scope}-not") },
            .. takes is Players or Everybody
                ? [] : new[] { ApiCallers.Token(Audiences.Player, "alice", token => token.Claims["scope"] = scope!) },
        ];
        foreach (var token in wrong)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Send(host, method, path, token)).Status);
        }

        if (scope is not null)
        {
            Assert.False(
                (await Send(host, method, path, ApiCallers.Administrator("erika", scope))).Status is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task The_theory_names_every_guarded_route_of_the_Api()
    {
        var document = (await Engine.Nobody().Get("/openapi/v1.json")).Json;
        var guarded = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(method => method.Value.TryGetProperty("security", out var security) && security.GetArrayLength() > 0)
            .Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(
            Guarded.Where(row => row.Data.Item1 == "api-1").Select(row => $"{row.Data.Item2} {row.Data.Item3}").Order(), guarded.Order());
    }

    // These hosts have no description of their routes: their sources tell.
    [Theory]
    [InlineData("projections-1", "Projections")]
    [InlineData("commands-1", "Commands")]
    public void The_theory_names_every_route_of_the_other_hosts(string host, string project)
    {
        var routes = Directory.EnumerateFiles(HostProcess.PathOf($"src/{project}"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => RoutesOf(File.ReadAllText(file)));

        Assert.Equal(
            Guarded.Where(row => row.Data.Item1 == host).Select(row => Unnamed($"{row.Data.Item2} {row.Data.Item3}")).Order(),
            routes.Select(Unnamed).Order());

        static IEnumerable<string> RoutesOf(string source)
        {
            var groups = Group().Matches(source).ToDictionary(group => group.Groups["name"].Value, group => group.Groups["path"].Value);
            return Route().Matches(source).Select(route =>
                $"{route.Groups["method"].Value.ToUpperInvariant()} /admin{groups.GetValueOrDefault(route.Groups["on"].Value)}{route.Groups["path"].Value}");
        }

        static string Unnamed(string route) => Parameter().Replace(route, "{}");
    }

    [Fact]
    public async Task A_players_key_makes_no_administrator()
    {
        string[] tokens =
        [
            Issuers.Players.Token(Audiences.Administrator, "mallory", token => token.Claims["scope"] = "hunts claims operations read"),
            Issuers.Players.Token(
                Audiences.Administrator, "mallory",
                token => (token.Issuer, token.Claims["scope"]) = ("treasure-hunt-administrators", "hunts claims operations read")),
            Issuers.Players.Token(Audiences.Player, "mallory", token =>
            {
                (token.Audience, token.Claims["scope"]) = (null, "hunts claims operations read");
                token.Audiences.Add(Audiences.Player);
                token.Audiences.Add(Audiences.Administrator);
            }),
            Issuers.Storefronts.Token(Audiences.Administrator, "mallory", token => token.Claims["scope"] = "hunts"),
            // What the whole world knows.
            Issuers.Players.Token(Audiences.Administrator, "mallory", token => token.SigningCredentials =
                new SigningCredentials(
                    new SymmetricSecurityKey("treasure-hunt-development-key-not-for-production"u8.ToArray()),
                    SecurityAlgorithms.HmacSha256)),
        ];

        foreach (var token in tokens)
        {
            Assert.Equal("401 unauthenticated", (await Send("api-1", "POST", "/v1/hunts/autumn-sale/cancel", token)).Problem);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Send("projections-1", "GET", "/admin/events", token)).Status);
        }
    }

    [Fact]
    public async Task A_token_that_does_not_verify_is_none()
    {
        var publicKey = new SymmetricSecurityKey(System.Text.Encoding.ASCII.GetBytes(Issuers.Players.PublicPem)) { KeyId = "players-1" };
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        string[] tokens =
        [
            "garbage",
            ApiCallers.Token(Audiences.Player, "alice", token => (token.IssuedAt, token.Expires) = (now.AddHours(-2), now.AddHours(-1))),
            ApiCallers.Token(Audiences.Player, "alice", token => token.Expires = now.AddHours(25)),
            ApiCallers.Token(Audiences.Player, "alice", token => token.Issuer = "somebody-else"),
            new TestIssuer("treasure-hunt-players", "players-1").Token(Audiences.Player, "alice"),
            ApiCallers.Token("another-shop", "alice"),
            ApiCallers.Token(Audiences.Player, "alice", token => token.SigningCredentials = null),
            ApiCallers.Token(
                Audiences.Player, "alice",
                token => token.SigningCredentials = new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)),
            string.Join('.', ApiCallers.Token(Audiences.Player, "alice").Split('.')[..2]) + ".",
        ];

        foreach (var token in tokens)
        {
            Assert.Equal("401 unauthenticated", (await Send("api-1", "GET", "/v1/players/me/claims", token)).Problem);
        }

        Assert.Equal("401 unauthenticated", (await Send(
            "api-1", "POST", "/v1/hunts",
            ApiCallers.Token(
                Audiences.Administrator, "erika",
                token => (token.Expires, token.Claims["scope"]) = (now.AddMinutes(61), "hunts")))).Problem);
    }

    [Theory]
    [InlineData("no player")]
    [InlineData("")]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("alice@shop.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task A_subject_that_is_no_player_id_cannot_claim(string subject)
    {
        foreach (var answer in new[] { await Engine.Player(subject).Claim("golden-goose", "key"), await Engine.Player(subject).Get(
            "/v1/players/me/claims") })
        {
            Assert.Equal("403 forbidden", answer.Problem);
            Assert.Equal("The token's claim 'sub' is no player id: 1 to 64 characters of A-Z a-z 0-9 . _ : -.", answer.Word("detail"));
        }
    }

    [Fact]
    public async Task Another_claim_than_the_subject_can_name_the_player()
    {
        const string Subject = "auth0|5f7c8ec7c33c6c004bbafe82";
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var host = await Engine.Add("api-player-claim", ("Auth__Players__PlayerClaim", "player_id"), ("Visitors__Enabled", "false"));
        var named = new ApiCaller(
            Engine, host.Name, ApiCallers.Token(Audiences.Player, Subject, token => token.Claims["player_id"] = "alice"));

        var won = await named.Wins(treasureId, "key");
        var unnamed = await Engine.Player("alice", host.Name).Claim(treasureId, "key");

        Assert.Equal(("alice", Ids.ForClaim("alice", treasureId, "key")), (won.Word("playerId"), won.ClaimId));
        Assert.Equal("200", (await named.Outcome(won.ClaimId)).Problem);
        Assert.Equal("403 forbidden", unnamed.Problem);
        Assert.Equal("The token's claim 'player_id' is no player id: 1 to 64 characters of A-Z a-z 0-9 . _ : -.", unnamed.Word("detail"));
        await host.Kill();
    }

    [Fact]
    public async Task A_player_claims_for_itself_only()
    {
        Assert.Equal(
            "403 forbidden",
            (await Engine.Player("alice").Post(
                "/v1/treasures/golden-goose/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", "bob"))).Problem);
        Assert.Equal("403 forbidden", (await Engine.Player("alice").Get("/v1/players/me/claims", ("Hunt-Player", "bob"))).Problem);
        Assert.Equal("200", (await Engine.Player("alice").Get("/v1/players/me/claims", ("Hunt-Player", "alice"))).Problem);
    }

    [Fact]
    public async Task A_storefront_claims_for_the_players_with_its_prefix_and_reads_their_claims()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var (shop, other) = (Engine.Storefront("shop1:"), Engine.Storefront("shop10:"));

        var claim = await Claim(shop, "shop1:alice");

        Assert.Equal(
            (Outcomes.Won, "shop1:alice", Ids.ForClaim("shop1:alice", treasureId, "key")),
            (claim.Outcome, claim.Word("playerId"), claim.ClaimId));
        Assert.Equal("200", (await shop.Outcome(claim.ClaimId)).Problem);
        Assert.Equal("404 claim-not-found", (await other.Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("404 claim-not-found", (await Engine.Player("shop1:bob").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal("200", (await Engine.Player("shop1:alice").Get($"/v1/claims/{claim.ClaimId}")).Problem);
        Assert.Equal(1, (await shop.Get("/v1/players/me/claims", ("Hunt-Player", "shop1:alice")))["claims"].GetArrayLength());
        Assert.Equal("403 forbidden", (await shop.Get("/v1/players/me/claims", ("Hunt-Player", "shop2:alice"))).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "shop2:alice")).Problem);
        Assert.Equal("403 forbidden", (await Claim(shop, "alice")).Problem);
        Assert.Equal("400 invalid-request", (await Claim(shop, "shop1:a b")).Problem);
        Assert.Equal("400 invalid-request", (await shop.Claim(treasureId, "key")).Problem);
        Assert.Equal(
            "400 invalid-request",
            (await shop.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", "shop1:a"),
                ("Hunt-Player", "shop1:b"))).Problem);
        foreach (var prefix in (string[])["", "shop1", ":shop 1:", "*"])
        {
            Assert.Equal("403 forbidden", (await Claim(Engine.Storefront(prefix), "shop1:alice")).Problem);
        }

        Task<ApiResponse> Claim(ApiCaller caller, string player) =>
            caller.Post(
                $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Prefer", "wait=20"), ("Hunt-Player", player));
    }

    [Fact]
    public async Task Another_players_claim_is_not_found_and_an_admin_sees_it()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var claim = await Engine.Player("alice").Claim(treasureId, "key");
        await Engine.Player("alice").Outcome(claim.ClaimId);

        var path = $"/v1/claims/{claim.ClaimId}";
        Assert.Equal("404 claim-not-found", (await Engine.Player("bob").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Player("alice").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Admin().Get(path)).Problem);
    }

    [Fact]
    public async Task Hunts_treasures_and_leaderboards_are_public()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);

        foreach (var path in (string[])[
            "/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/treasures/{treasureId}"])
        {
            Assert.Equal("200", (await Engine.Nobody().Get(path)).Problem);
        }
    }

    private Task<ApiResponse> Send(string host, string method, string path, string? token)
    {
        var address = path.Replace("{treasureId}", "golden-goose", StringComparison.Ordinal)
            .Replace("{huntId}", "autumn-sale", StringComparison.Ordinal)
            .Replace("{claimId}", "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1", StringComparison.Ordinal)
            .Replace("{replayId}", "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1", StringComparison.Ordinal)
            .Replace("{moment}", "1", StringComparison.Ordinal)
            .Replace("{queue}", "claims-0", StringComparison.Ordinal);
        return new ApiCaller(Engine, host, token).Send(new HttpMethod(method), address, null, ("Idempotency-Key", "key"));
    }

    /// <summary>A group of routes of its own, such as <c>var errors = admin.MapGroup("/errors")</c>.</summary>
    [GeneratedRegex("""var (?<name>\w+) = \w+\.MapGroup\(\s*"(?<path>[^"]*)"\)""")]
    private static partial Regex Group();

    [GeneratedRegex("""(?<on>\w+)\.Map(?<method>Get|Head|Post|Put|Patch|Delete|Methods|Fallback)\(\s*(?:"(?<path>[^"]*)")?""")]
    private static partial Regex Route();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Parameter();
}
