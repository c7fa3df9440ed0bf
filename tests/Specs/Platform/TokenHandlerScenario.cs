using System.Security.Claims;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A token handler with the keys of an issuer for players and one for administrators.</summary>
public abstract class TokenHandlerScenario : IDisposable
{
    private protected TokenSigner Players { get; } = new("treasure-hunt-players");
    private protected TokenSigner Administrators { get; } = new("treasure-hunt-administrators");
    private protected ManualTime Time { get; } = new();
    private protected string KeyFile { get; } = Path.GetTempFileName();
    private protected KeySets Sets { get; }
    private protected CachingTokenHandler Handler { get; }

    protected TokenHandlerScenario()
    {
        Time.Advance(TokenSigner.Now - DateTimeOffset.UnixEpoch);
        File.WriteAllText(KeyFile, TokenSigner.Jwks(Players));
        var options = new AuthOptions();
        options.Players.JwksFile = KeyFile;
        options.Administrators.Jwks = TokenSigner.Jwks(Administrators);
        Sets = new KeySets(options, Time, NullLogger<KeySets>.Instance);
        Handler = new CachingTokenHandler(Sets, Time) { MapInboundClaims = false };
    }

    public void Dispose()
    {
        Handler.Dispose();
        Sets.Dispose();
        File.Delete(KeyFile);
        GC.SuppressFinalize(this);
    }

    private protected async Task Publish(params TokenSigner[] issuers)
    {
        await File.WriteAllTextAsync(KeyFile, TokenSigner.Jwks(issuers));
        await Sets.Find(Audiences.Player)!.RefreshAsync();
    }

    private protected async Task<ClaimsPrincipal> Accepted(string token)
    {
        var result = await Validate(token);
        Assert.True(result.IsValid, result.Exception?.Message);
        return new ClaimsPrincipal(result.ClaimsIdentity);
    }

    private protected async Task Refused(string token) => Assert.False((await Validate(token)).IsValid);

    private protected Task<TokenValidationResult> Validate(string token) =>
        Handler.ValidateTokenAsync(token, new TokenValidationParameters());
}
