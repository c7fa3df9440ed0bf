using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Cli.Token;

/// <summary>Makes development tokens.</summary>
public sealed class Tokens(Settings settings, TimeProvider time)
{
    public const string PlayerAudience = "treasure-hunt-player";
    public const string AdminAudience = "treasure-hunt-admin";

    /// <summary>Long enough for any demo.</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromHours(12);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SigningCredentials _credentials =
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(settings.SigningKey)), SecurityAlgorithms.HmacSha256);

    public string Player(string playerId, TimeSpan? life = null) => Create(PlayerAudience, playerId, life);

    public string Admin(TimeSpan? life = null) => Create(AdminAudience, "admin", life);

    private string Create(string audience, string subject, TimeSpan? life)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = settings.Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + (life ?? DefaultLife),
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = _credentials,
        });
    }
}
