using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The type and the subject of a token.</summary>
public sealed class TokenClaimSpecs : TokenHandlerScenario
{
    [Fact]
    public async Task A_token_of_another_type_is_refused()
    {
        await Refused(Players.Token(Audiences.Player, token => token.TokenType = "logout+jwt"));
        await Accepted(Players.Token(Audiences.Player, token => token.TokenType = "at+jwt"));
    }

    [Fact]
    public async Task An_administrator_requires_a_subject_of_at_most_256_characters()
    {
        await Refused(Administrators.Token(Audiences.Administrator, token => token.Claims.Remove("sub")));
        await Refused(Administrators.Token(Audiences.Administrator, token => token.Claims["sub"] = new string('x', 257)));
    }
}
