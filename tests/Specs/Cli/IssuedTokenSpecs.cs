using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Tokens;
using TreasureHunt.Platform.Authentication;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The hosts accept the tokens that ./hunt signs.</summary>
public sealed class IssuedTokenSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hunt-keys").FullName;
    private readonly TokenFactory _tokens;

    public IssuedTokenSpecs()
    {
        KeysCommand.Make(_folder);
        _tokens = new TokenFactory(CliSettings.FromEnvironment(name => name == "HUNT_KEYS" ? _folder : null).IssuerOf, TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_player_is_the_subject_of_its_token()
    {
        var result = await Validate(_tokens.Player("alice", TimeSpan.FromHours(2)));

        Assert.Equal("alice", new System.Security.Claims.ClaimsPrincipal(result.ClaimsIdentity).PlayerId());
        Assert.Equal(TimeSpan.FromHours(2), result.SecurityToken.ValidTo - result.SecurityToken.ValidFrom);
    }

    [Fact]
    public async Task Every_token_is_valid_for_its_own_audience()
    {
        foreach (var (token, audience) in new[] { (_tokens.Player("alice"), Audiences.Player), (_tokens.Storefront(
            "shop1:"), Audiences.Storefront), (_tokens.Admin(), Audiences.Administrator) })
        {
            var result = await Validate(token);
            Assert.True(result.IsValid, result.Exception?.Message);
            Assert.Equal(audience, result.ClaimsIdentity.AuthenticationType);
        }
    }

    [Fact]
    public async Task An_administrators_token_has_all_scopes_or_the_requested_ones()
    {
        Assert.Equal("hunts claims operations read", (await Validate(_tokens.Admin())).ClaimsIdentity.FindFirst("scope")?.Value);
        var narrow = (await Validate(_tokens.Admin(scopes: [Scopes.Read], subject: "erika"))).ClaimsIdentity;
        Assert.Equal(("read", "erika"), (narrow.FindFirst("scope")?.Value, narrow.FindFirst("sub")?.Value));
    }

    private async Task<TokenValidationResult> Validate(string token)
    {
        var options = new AuthOptions();
        foreach (var (name, section) in options.Sections())
        {
            section.JwksFile = Path.Combine(_folder, $"{name.ToLowerInvariant()}.jwks.json");
        }

        using var sets = new KeySets(options, TimeProvider.System, NullLogger<KeySets>.Instance);
        using var handler = new CachingTokenHandler(sets, TimeProvider.System) { MapInboundClaims = false };
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters());
    }
}
