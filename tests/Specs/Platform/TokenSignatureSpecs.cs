using System.Text;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The signatures that are refused.</summary>
public sealed class TokenSignatureSpecs : TokenHandlerScenario
{
    [Fact]
    public async Task A_public_key_cannot_be_used_as_a_symmetric_key()
    {
        var publicKey = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(Players.PublicPem));
        await Refused(
            Players.Token(
                Audiences.Player, token => token.SigningCredentials = new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)));
        publicKey.KeyId = "one";
        await Refused(
            Players.Token(
                Audiences.Player, token => token.SigningCredentials = new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)));
        await Refused(Players.Token(Audiences.Player, token => token.SigningCredentials = null));
        await Refused(string.Join('.', Players.Token(Audiences.Player).Split('.')[..2]) + ".");
    }

    [Fact]
    public async Task A_key_inside_the_token_is_not_trusted()
    {
        var otherIssuer = new TokenSigner("treasure-hunt-players");
        await Refused(otherIssuer.Token(Audiences.Player));
        await Refused(otherIssuer.Token(Audiences.Player, token => token.AdditionalHeaderClaims = new Dictionary<string, object>
        {
            ["jwk"] = System.Text.Json.JsonSerializer.SerializeToElement(otherIssuer.PublicKey),
            ["jku"] = "https://stranger.example/jwks.json",
        }));
    }

    [Fact]
    public async Task A_forged_token_is_refused_each_time()
    {
        var forged = Players.Token(Audiences.Player)[..^4] + "AAAA";

        await Refused(forged);
        await Refused(forged);
        foreach (var garbage in (string[])["", "garbage", "a.b.c", "a.b.c.d.e", new string('.', 1_000)])
        {
            await Refused(garbage);
        }
    }
}
