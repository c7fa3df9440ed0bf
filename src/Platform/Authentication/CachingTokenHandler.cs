using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Validates tokens with the keys and the issuer of the one audience that they name, and caches those that are valid.</summary>
/// <remarks>
/// The audience is chosen before any key is: a key of players verifies nothing but players' tokens. A cached token counts for
/// ten minutes at most, never beyond its end, and only while the keys of its audience are the same. What is not valid is not cached.
/// </remarks>
public sealed class CachingTokenHandler(KeySets sets, TimeProvider timeProvider) : JsonWebTokenHandler, IDisposable
{
    /// <summary>Tokens in the cache; beyond that, none is added until some have gone.</summary>
    private const int MaxCached = 50_000;

    /// <summary>Longest token that is cached, in characters; a longer one is validated each time.</summary>
    private const int MaxCachedLength = 4_096;

    private static readonly TimeSpan CacheTtl = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCached });
    private readonly ConditionalWeakTable<AudienceKeys, TokenValidationParameters> _rules = [];

    /// <param name="validationParameters">Not used: each audience has rules of its own.</param>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = timeProvider.GetUtcNow();
        if (_cache.TryGetValue(token, out Cached? cached) && now < cached!.Until && cached.Set.Current == cached.Keys)
        {
            return cached.Result;
        }

        if (Read(token) is not { } jwt || SetOf(jwt) is not { } set)
        {
            return Invalid(
                new SecurityTokenInvalidAudienceException("The token is no JWT, or does not name exactly one of the audiences."));
        }

        var keys = await set.FindAsync(jwt.Kid);
        var result = await base.ValidateTokenAsync(jwt, _rules.GetValue(keys, current => TokenRules.Of(set, current, timeProvider)));
        if (!result.IsValid)
        {
            return result;
        }

        if (!TokenRules.HasWhatItNeeds(set.Audience, jwt))
        {
            return Invalid(new SecurityTokenValidationException("The token has no sub, or one of more than 256 characters."));
        }

        result = Compact(result);
        if (token.Length <= MaxCachedLength)
        {
            DateTimeOffset expires = jwt.ValidTo;
            var until = expires < now + CacheTtl ? expires : now + CacheTtl;
            _cache.Set(
                token, new Cached(result, set, keys, until),
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = CacheTtl });
        }

        return result;
    }

    public void Dispose() => _cache.Dispose();

    private JsonWebToken? Read(string token)
    {
        try
        {
            // Five parts are an encrypted token, which no key here opens.
            return CanReadToken(token) && ReadJsonWebToken(token) is { IsEncrypted: false } jwt ? jwt : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // An issuer may add audiences of its own. A token with two of ours would carry what one key proves into another's rights.
    private KeySet? SetOf(JsonWebToken jwt) => jwt.Audiences.Distinct().Select(sets.Of).OfType<KeySet>().ToList() is [var set] ? set : null;

    // A validated token holds its JSON, its text and the rules; tens of thousands of them made garbage collection dear. Types of claims are
    // constants.
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

    // The rest of a validated token that the framework still asks for.
    private sealed class ValidatedToken(SecurityToken token) : SecurityToken
    {
        public override string Id { get; } = token.Id;

        public override string Issuer { get; } = token.Issuer;

        public override SecurityKey SecurityKey => SigningKey;

        public override SecurityKey SigningKey { get; set; } = token.SigningKey;

        public override DateTime ValidFrom { get; } = token.ValidFrom;

        public override DateTime ValidTo { get; } = token.ValidTo;
    }

    private sealed record Cached(TokenValidationResult Result, KeySet Set, AudienceKeys Keys, DateTimeOffset Until);
}
