using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Who may call: JSON Web Tokens signed with one symmetric key, told apart by audience.</summary>
public static class Tokens
{
    /// <summary>Audience, and policy, of players.</summary>
    public const string Player = "treasure-hunt-player";

    /// <summary>Audience, and policy, of admins.</summary>
    public const string Admin = "treasure-hunt-admin";

    /// <summary>Shortest signing key in bytes (RFC 7518, section 3.2).</summary>
    private const int MinKeyBytes = 32;

    public static IServiceCollection AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new RememberingTokenHandler(TimeProvider.System) { MapInboundClaims = false });
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                IssuerSigningKey = SigningKey(configuration),
                ValidIssuer = Issuer(configuration),
                ValidAudiences = [Player, Admin],
                ClockSkew = TimeSpan.FromSeconds(30),
            };
        });
        return services.AddAuthorizationBuilder()
            .AddPolicy(Player, policy => policy.RequireClaim("aud", Player))
            .AddPolicy(Admin, policy => policy.RequireClaim("aud", Admin))
            .Services;
    }

    public static string Issuer(IConfiguration configuration) => configuration["Auth:Issuer"] ?? "treasure-hunt";

    public static SymmetricSecurityKey SigningKey(IConfiguration configuration)
    {
        var key = Encoding.UTF8.GetBytes(configuration["Auth:SigningKey"] ?? "");
        return key.Length >= MinKeyBytes
            ? new SymmetricSecurityKey(key)
            : throw new InvalidOperationException($"Auth__SigningKey must have at least {MinKeyBytes} bytes: it signs the tokens.");
    }
}
