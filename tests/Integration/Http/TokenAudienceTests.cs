using System.Net;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The keys of players and storefronts do not sign administrator tokens.</summary>
public sealed class TokenAudienceTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_player_key_cannot_sign_an_administrator_token()
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
            // A published development key.
            Issuers.Players.Token(Audiences.Administrator, "mallory", token => token.SigningCredentials =
                new SigningCredentials(
                    new SymmetricSecurityKey("treasure-hunt-development-key-not-for-production"u8.ToArray()),
                    SecurityAlgorithms.HmacSha256)),
        ];

        foreach (var token in tokens)
        {
            Assert.Equal("401 unauthenticated", (await Engine.Call("api-1", "POST", "/v1/hunts/autumn-sale/cancel", token)).Problem);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Engine.Call("projections-1", "GET", "/admin/events", token)).Status);
        }
    }
}
