using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class TokenSpecs
{
    private const string SigningKey = "a-key-of-at-least-thirty-two-bytes";

    private static readonly Settings Settings = new(new Uri("http://127.0.0.1"), new Uri("http://127.0.0.1:8089"), SigningKey, "treasure-hunt");
    private static readonly Tokens Tokens = new(Settings, new Clock());

    [Fact]
    public async Task A_player_is_the_subject_of_its_token()
    {
        var token = await VerifyAsync(Tokens.Player("alice", TimeSpan.FromHours(2)), "treasure-hunt-player");

        Assert.Equal("alice", token.Subject);
        Assert.Equal("HS256", token.Alg);
        Assert.Equal(Clock.Now.UtcDateTime.AddHours(2), token.ValidTo);
    }

    [Fact]
    public async Task An_admin_has_an_audience_of_its_own()
    {
        await VerifyAsync(Tokens.Admin(), "treasure-hunt-admin");
        await Assert.ThrowsAnyAsync<Exception>(() => VerifyAsync(Tokens.Admin(), "treasure-hunt-player"));
    }

    [Fact]
    public async Task Another_key_does_not_verify_it() =>
        await Assert.ThrowsAnyAsync<Exception>(() =>
            VerifyAsync(new Tokens(Settings with { SigningKey = SigningKey + "!" }, new Clock()).Admin(), "treasure-hunt-admin"));

    private static async Task<JsonWebToken> VerifyAsync(string token, string audience)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "treasure-hunt",
            ValidAudience = audience,
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(SigningKey)),
            LifetimeValidator = (from, until, _, _) => from <= Clock.Now.UtcDateTime && until > Clock.Now.UtcDateTime,
        });
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw result.Exception;
    }

    private sealed class Clock : TimeProvider
    {
        public static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
