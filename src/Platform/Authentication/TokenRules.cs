using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Authentication;

/// <summary>What makes a token of an audience valid.</summary>
public static class TokenRules
{
    /// <summary>How far the clock of an issuer may be from ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private static readonly string[] Asymmetric = [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256];
    private static readonly string[] Types = ["JWT", "at+jwt"];

    public static TokenValidationParameters Of(KeySet set, AudienceKeys keys, TimeProvider timeProvider) => new()
    {
        ValidAudience = set.Audience,
        ValidIssuer = keys.Issuer,
        // A public key is never taken for an HMAC key: which algorithms count depends on where the keys come from, not on the token.
        ValidAlgorithms = set.Options.SymmetricKeys().Count > 0 ? Symmetric : Asymmetric,
        ValidTypes = Types,
        IssuerSigningKeyResolver = (_, _, kid, _) => keys.Of(kid),
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (_, _, token, _) => IsAlive((JsonWebToken)token, timeProvider.GetUtcNow(), set.Options.MaxLife),
        // How the rest of the host knows which audience was proved, whatever the token's own claims say.
        AuthenticationType = set.Audience,
        NameClaimType = (set.Options as PlayerTokenOptions)?.PlayerClaim ?? JwtRegisteredClaimNames.Sub,
    };

    /// <summary>
    /// Whether a token counts now: it has an end and a beginning (<c>iat</c>, else <c>nbf</c>), has begun, has not ended, and
    /// was not made for longer than allowed. One that begins in the future would outlast that.
    /// </summary>
    public static bool IsAlive(JsonWebToken token, DateTimeOffset now, TimeSpan maxLife)
    {
        var (issued, notBefore, expires) = (token.IssuedAt, token.ValidFrom, token.ValidTo);
        if (expires == DateTime.MinValue || (issued == DateTime.MinValue && notBefore == DateTime.MinValue))
        {
            return false;
        }

        var begins = issued == DateTime.MinValue ? notBefore : issued;
        var latest = begins > notBefore ? begins : notBefore;
        return latest <= now.UtcDateTime + ClockSkew && now.UtcDateTime < expires + ClockSkew && expires - begins <= maxLife;
    }

    /// <summary>Whether a token names its subject, where what it does is recorded under that name.</summary>
    public static bool HasWhatItNeeds(string audience, JsonWebToken token) =>
        audience == Audiences.Player
            || (token.Subject is { Length: > 0 and <= Actor.MaxLength } subject && IdentifierRules.IsText(subject));
}
