using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.LoadGenerator.Tokens;

/// <summary>Makes tokens (JWT) for development and tests.</summary>
/// <param name="issuerOf">The issuer of an audience (<see cref="Audiences"/>). It throws when there is none.</param>
public sealed class TokenFactory(Func<string, TokenIssuer> issuerOf, TimeProvider timeProvider)
{
    /// <summary>Long enough for any run; hosts accept 24 hours at most.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromHours(12);

    /// <summary>The longest that hosts accept for an administrator.</summary>
    public static readonly TimeSpan AdminTtl = TimeSpan.FromHours(1);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Player(string playerId, TimeSpan? ttl = null) => Create(Audiences.Player, playerId, ttl ?? DefaultTtl);

    /// <param name="prefix">The first part of the ids of the storefront's players, with <c>:</c> at the end.</param>
    public string Storefront(string prefix, TimeSpan? ttl = null) =>
        Create(Audiences.Storefront, prefix.TrimEnd(':'), ttl ?? DefaultTtl, ("players", prefix));

    /// <param name="scopes">All scopes when it is left out.</param>
    /// <param name="subject">The administrator; recorded with every command.</param>
    public string Admin(TimeSpan? ttl = null, IEnumerable<string>? scopes = null, string subject = "admin") =>
        Create(Audiences.Administrator, subject, ttl ?? AdminTtl, ("scope", string.Join(' ', scopes ?? Scopes.All)));

    private string Create(string audience, string subject, TimeSpan ttl, params (string Name, string Value)[] claims)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var issuer = issuerOf(audience);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer.Name,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + ttl,
            Claims = claims.ToDictionary(claim => claim.Name, object (claim) => claim.Value)
                .Append(new(JwtRegisteredClaimNames.Sub, subject))
                .Append(new(JwtRegisteredClaimNames.Jti, Ids.FreshSlug()))
                .ToDictionary(claim => claim.Key, claim => claim.Value),
            SigningCredentials = issuer.Credentials,
        });
    }
}
