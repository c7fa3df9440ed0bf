using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Tokens are validated.</summary>
public sealed class TokenValidationTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task An_invalid_token_gets_401()
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
            Assert.Equal("401 unauthenticated", (await Engine.Call("api-1", "GET", "/v1/players/me/claims", token)).Problem);
        }

        Assert.Equal("401 unauthenticated", (await Engine.Call(
            "api-1", "POST", "/v1/hunts",
            ApiCallers.Token(
                Audiences.Administrator, "erika",
                token => (token.Expires, token.Claims["scope"]) = (now.AddMinutes(61), "hunts")))).Problem);
    }
}
