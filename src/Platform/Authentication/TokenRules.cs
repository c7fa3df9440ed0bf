using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Authentication;

/// <summary>The rules for valid tokens of an audience.</summary>
public static class TokenRules
{
    /// <summary>Allowed difference between the clocks of the issuer and of this host.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private static readonly string[] Asymmetric = [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];
    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256];
    private static readonly string[] Types = ["JWT", "at+jwt"];

    public static TokenValidationParameters CreateParameters(KeySet set, AudienceKeys keys, TimeProvider timeProvider) => new()
    {
        ValidAudience = set.Audience,
        ValidIssuer = keys.Issuer,
        // The source of the keys determines the algorithms, not the token: a public key is never used as an HMAC key.
        ValidAlgorithms = set.Options.SymmetricKeys().Count > 0 ? Symmetric : Asymmetric,
        ValidTypes = Types,
        IssuerSigningKeyResolver = (_, _, kid, _) => keys.WithId(kid),
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (_, _, token, _) => IsInLifetime((JsonWebToken)token, timeProvider.GetUtcNow(), set.Options.MaxLife),
        // The validated audience, for the authorization policies: the token's own claims do not prove it.
        AuthenticationType = set.Audience,
        NameClaimType = (set.Options as PlayerTokenOptions)?.PlayerClaim ?? JwtRegisteredClaimNames.Sub,
    };

    /// <summary>
    /// Whether the token is valid now: it has an end and a start (<c>iat</c>, else <c>nbf</c>), has started, has not expired, and its
    /// lifetime is within the limit. A start in the future would extend that limit.
    /// </summary>
    public static bool IsInLifetime(JsonWebToken token, DateTimeOffset now, TimeSpan maxLifetime)
    {
        var (issued, notBefore, expires) = (token.IssuedAt, token.ValidFrom, token.ValidTo);
        if (expires == DateTime.MinValue || (issued == DateTime.MinValue && notBefore == DateTime.MinValue))
        {
            return false;
        }

        var start = issued == DateTime.MinValue ? notBefore : issued;
        var validFrom = start > notBefore ? start : notBefore;
        return validFrom <= now.UtcDateTime + ClockSkew && now.UtcDateTime < expires + ClockSkew && expires - start <= maxLifetime;
    }

    /// <summary>Whether the token has a subject. Actions of storefronts and administrators are recorded with it.</summary>
    public static bool HasRequiredSubject(string audience, JsonWebToken token) =>
        audience == Audiences.Player
            || (token.Subject is { Length: > 0 and <= Actor.MaxLength } subject && IdentifierRules.IsText(subject));
}
