using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The lifetimes that are accepted.</summary>
public sealed class TokenLifetimeSpecs : TokenHandlerScenario
{
    [Theory]
    [InlineData(24 * 60, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task The_lifetime_of_a_token_is_limited_by_its_audience(int minutes, bool isValid) =>
        Assert.Equal(
            isValid,
            (await Validate(
                Players.Token(Audiences.Player, token => token.Expires = TokenSigner.Now.UtcDateTime.AddMinutes(minutes)))).IsValid);

    [Fact]
    public async Task A_token_requires_a_start_and_an_expiry()
    {
        await Refused(Players.Token(Audiences.Player, token => token.IssuedAt = null));
        await Refused(Players.Token(Audiences.Player, token => token.Expires = null));
        await Accepted(Players.Token(Audiences.Player, token => (token.IssuedAt, token.NotBefore) = (null, TokenSigner.Now.UtcDateTime)));
        // A short lifetime that begins in a year.
        await Refused(
            Players.Token(
                Audiences.Player,
                token =>
                    (token.IssuedAt, token.Expires) = (TokenSigner.Now.UtcDateTime.AddYears(1), TokenSigner.Now.UtcDateTime.AddYears(1)
                        .AddHours(1))));
        await Refused(
            Players.Token(
                Audiences.Player,
                token =>
                    (token.IssuedAt, token.Expires) = (TokenSigner.Now.UtcDateTime.AddHours(-2), TokenSigner.Now.UtcDateTime.AddHours(
                        -1))));
    }

    [Theory]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("nbf")]
    public async Task An_invalid_time_is_refused(string name) => await Refused(Players.Token(Audiences.Player, token =>
    {
        token.IssuedAt = name == "iat" ? null : token.IssuedAt;
        token.Expires = name == "exp" ? null : token.Expires;
        token.Claims[name] = "soon";
    }));
}
