using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Who may call what.</summary>
public sealed class AuthTests(SharedEngine engine) : EngineTests(engine)
{
    /// <summary>Every route that needs a token, with the audience that it does not take.</summary>
    public static TheoryData<string, string, string?> Guarded => new()
    {
        { "POST", "/v1/treasures/golden-goose/claims", "treasure-hunt-admin" },
        { "GET", "/v1/players/me/claims", "treasure-hunt-admin" },
        { "GET", "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1", null },
        { "POST", "/v1/hunts", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/schedule", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/open", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/pause", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/resume", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/close", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/cancel", "treasure-hunt-player" },
        { "POST", "/v1/hunts/autumn-sale/treasures", "treasure-hunt-player" },
        { "POST", "/v1/treasures/golden-goose/clues", "treasure-hunt-player" },
        { "POST", "/v1/treasures/golden-goose/restock", "treasure-hunt-player" },
        { "POST", "/v1/treasures/golden-goose/withdraw", "treasure-hunt-player" },
        { "POST", "/v1/treasures/golden-goose/revoke", "treasure-hunt-player" },
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_route_takes_no_caller_without_the_right_token(string method, string path, string? wrongAudience)
    {
        Assert.Equal("401 unauthenticated", (await Send(method, path, null)).Problem);
        if (wrongAudience is not null)
        {
            Assert.Equal("403 forbidden", (await Send(method, path, Callers.Token(wrongAudience, "alice"))).Problem);
        }
    }

    [Fact]
    public async Task A_token_that_does_not_verify_is_none()
    {
        const string Player = "treasure-hunt-player";
        string[] tokens =
        [
            "garbage",
            Callers.Token(Player, "alice", life: TimeSpan.FromHours(-1)),
            Callers.Token(Player, "alice", issuer: "somebody-else"),
            Callers.Token(Player, "alice", key: "a key of the right length that is not ours"),
            Callers.Token("another-shop", "alice"),
            string.Join('.', Callers.Token(Player, "alice").Split('.')[..2]) + ".",
        ];

        foreach (var token in tokens)
        {
            Assert.Equal("401 unauthenticated", (await Send("GET", "/v1/players/me/claims", token)).Problem);
        }
    }

    [Theory]
    [InlineData("no player")]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public async Task A_subject_that_is_no_player_id_cannot_claim(string subject) =>
        Assert.Equal("403 forbidden", (await Engine.Player(subject).Claim("golden-goose", "key")).Problem);

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

        foreach (var path in (string[])["/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/treasures/{treasureId}"])
        {
            Assert.Equal("200", (await Engine.Nobody().Get(path)).Problem);
        }
    }

    [Theory]
    [InlineData("/admin/events")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/lag")]
    public async Task The_internal_routes_are_for_admins(string path)
    {
        Assert.Equal("401", (await Engine.Nobody("projections-1").Get(path)).Problem);
        Assert.Equal("403", (await Engine.Player("alice", "projections-1").Get(path)).Problem);
        Assert.Equal("200", (await Engine.Admin("projections-1").Get(path)).Problem);
    }

    private Task<Answer> Send(string method, string path, string? token) =>
        new Caller(Engine, "api-1", token).Send(new HttpMethod(method), path, null, ("Idempotency-Key", "key"));
}
