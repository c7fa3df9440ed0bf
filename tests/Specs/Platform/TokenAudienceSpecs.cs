using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The audiences for which a token is valid.</summary>
public sealed class TokenAudienceSpecs : TokenHandlerScenario
{
    [Fact]
    public async Task A_token_is_valid_for_its_audience()
    {
        var player = await Accepted(Players.Token(Audiences.Player));
        var administrator = await Accepted(Administrators.Token(Audiences.Administrator));

        Assert.Equal(("alice", false, false), (player.PlayerId(), player.Is(Audiences.Administrator), player.HasScope(Scopes.Hunts)));
        Assert.Equal(
            (null, true, true, false),
            (administrator.PlayerId(), administrator.Is(Audiences.Administrator), administrator.HasScope(
                Scopes.Hunts), administrator.HasScope(Scopes.Read)));
    }

    [Fact]
    public async Task A_key_of_players_cannot_sign_administrator_tokens()
    {
        await Refused(Players.Token(Audiences.Administrator));
        await Refused(Players.Token(Audiences.Administrator, token => token.Issuer = "treasure-hunt-administrators"));
        await Refused(Players.Token(Audiences.Player, token => Both(token)));
        await Refused(Administrators.Token(Audiences.Administrator, token => Both(token)));

        static void Both(SecurityTokenDescriptor token)
        {
            token.Audience = null;
            token.Audiences.Add(Audiences.Player);
            token.Audiences.Add(Audiences.Administrator);
        }
    }

    [Fact]
    public async Task A_token_may_have_additional_foreign_audiences()
    {
        await Accepted(Players.Token(Audiences.Player, token =>
        {
            token.Audience = null;
            token.Audiences.Add(Audiences.Player);
            token.Audiences.Add("https://shop.example/userinfo");
        }));
    }

    [Fact]
    public async Task A_token_of_an_audience_without_keys_is_refused() => await Refused(Players.Token(Audiences.Storefront));
}
