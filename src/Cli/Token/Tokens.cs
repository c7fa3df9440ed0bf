using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Token;

/// <summary>Makes tokens for development and tests, with the keys of <see cref="CliSettings"/>.</summary>
public sealed class Tokens(CliSettings settings, TimeProvider timeProvider)
{
    /// <summary>Long enough for any demo; hosts take 24 hours at most.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromHours(12);

    /// <summary>As long as hosts take an administrator's token.</summary>
    public static readonly TimeSpan AdminLife = TimeSpan.FromHours(1);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Player(string playerId, TimeSpan? life = null) => Create(Audiences.Player, playerId, life ?? DefaultLife);

    /// <param name="prefix">What the ids of the storefront's players begin with, <c>:</c> at the end.</param>
    public string Storefront(string prefix, TimeSpan? life = null) =>
        Create(Audiences.Storefront, prefix.TrimEnd(':'), life ?? DefaultLife, ("players", prefix));

    /// <param name="scopes">All of them when it is left out.</param>
    /// <param name="subject">Who acts: it is recorded with every command.</param>
    public string Admin(TimeSpan? life = null, IEnumerable<string>? scopes = null, string subject = "admin") =>
        Create(Audiences.Administrator, subject, life ?? AdminLife, ("scope", string.Join(' ', scopes ?? Scopes.All)));

    private string Create(string audience, string subject, TimeSpan life, params (string Name, string Value)[] claims)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var issuer = settings.IssuerOf(audience);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer.Name,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + life,
            Claims = claims.ToDictionary(claim => claim.Name, object (claim) => claim.Value)
                .Append(new(JwtRegisteredClaimNames.Sub, subject))
                .Append(new(JwtRegisteredClaimNames.Jti, Ids.FreshSlug()))
                .ToDictionary(claim => claim.Key, claim => claim.Value),
            SigningCredentials = issuer.Credentials,
        });
    }
}
