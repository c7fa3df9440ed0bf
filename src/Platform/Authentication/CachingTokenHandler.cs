using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Validates tokens with the keys and the issuer of the one audience that they name, and caches valid tokens.</summary>
/// <remarks>
/// The audience is chosen before the key: players' keys verify only players' tokens. A cached token is valid for at most ten minutes, never
/// beyond its end, and only while the keys of its audience are the same.
/// </remarks>
public sealed class CachingTokenHandler(KeySets sets, TimeProvider timeProvider) : JsonWebTokenHandler, IDisposable
{
    /// <summary>Tokens in the cache. A full cache takes no token until others expire.</summary>
    private const int MaxCached = 50_000;

    /// <summary>In characters; a longer token is validated each time.</summary>
    private const int MaxCachedLength = 4_096;

    private static readonly TimeSpan CacheTtl = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCached });
    private readonly ConditionalWeakTable<AudienceKeys, TokenValidationParameters> _parameters = [];

    /// <param name="validationParameters">Not used: each audience has its own parameters.</param>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (FindCached(token) is { } cached)
        {
            return cached.Result;
        }

        if (Read(token) is not { } jwt || SetOf(jwt) is not { } set)
        {
            return Invalid(
                new SecurityTokenInvalidAudienceException("The token is not a JWT, or does not name exactly one of the audiences."));
        }

        var keys = await set.GetKeysAsync(jwt.Kid);
        var parameters = _parameters.GetValue(keys, current => TokenRules.CreateParameters(set, current, timeProvider));
        var result = await base.ValidateTokenAsync(jwt, parameters);
        if (!result.IsValid)
        {
            return result;
        }

        if (!TokenRules.HasRequiredSubject(set.Audience, jwt))
        {
            return Invalid(new SecurityTokenValidationException("The token has no sub, or a sub of more than 256 characters."));
        }

        result = Compact(result);
        if (token.Length <= MaxCachedLength)
        {
            var now = timeProvider.GetUtcNow();
            DateTimeOffset expires = jwt.ValidTo;
            var until = expires < now + CacheTtl ? expires : now + CacheTtl;
            _cache.Set(
                token, new Cached(result, new ClaimsPrincipal(result.ClaimsIdentity), set, keys, until),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = CacheTtl });
        }

        return result;
    }

    /// <summary>The caller of a cached token that is still valid; null for any other token, which may be valid too.</summary>
    public ClaimsPrincipal? FindCaller(ReadOnlySpan<char> token) => FindCached(token)?.Caller;

    public void Dispose() => _cache.Dispose();

    private Cached? FindCached(ReadOnlySpan<char> token) =>
        _cache.TryGetValue(token, out Cached? cached) && timeProvider.GetUtcNow() < cached!.Until && cached.Set.Current == cached.Keys
            ? cached : null;

    private JsonWebToken? Read(string token)
    {
        try
        {
            // A token with five parts is encrypted; the hosts have no key to decrypt it.
            return CanReadToken(token) && ReadJsonWebToken(token) is { IsEncrypted: false } jwt ? jwt : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // An issuer may add other audiences. A token with two of these audiences would get the rights of both with the key of one.
    private KeySet? SetOf(JsonWebToken jwt) =>
        jwt.Audiences.Distinct().Select(sets.Find).OfType<KeySet>().ToList() is [var set] ? set : null;

    // A validated token references its JSON, its text and the parameters: tens of thousands of them slow down garbage collection. Claim
    // types are constants.
    private static TokenValidationResult Compact(TokenValidationResult result)
    {
        var identity = result.ClaimsIdentity;
        var claims = identity.Claims.Select(claim => new Claim(string.IsInterned(claim.Type) ?? claim.Type, claim.Value, claim.ValueType));
        return new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity = new CaseSensitiveClaimsIdentity(
                claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType),
            SecurityToken = new ValidatedToken(result.SecurityToken),
        };
    }

    private static TokenValidationResult Invalid(Exception exception) => new() { IsValid = false, Exception = exception };

    // The properties of a validated token that the framework reads.
    private sealed class ValidatedToken(SecurityToken token) : SecurityToken
    {
        public override string Id { get; } = token.Id;

        public override string Issuer { get; } = token.Issuer;

        public override SecurityKey SecurityKey => SigningKey;

        public override SecurityKey SigningKey { get; set; } = token.SigningKey;

        public override DateTime ValidFrom { get; } = token.ValidFrom;

        public override DateTime ValidTo { get; } = token.ValidTo;
    }

    private sealed record Cached(
        TokenValidationResult Result, ClaimsPrincipal Caller, KeySet Set, AudienceKeys Keys, DateTimeOffset Until);
}
