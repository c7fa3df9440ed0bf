using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Api;

/// <summary>
/// <c>POST /v1/visitors</c>: a token for whoever asks, so that the page can be tried without a shop around it. Off unless
/// <c>Visitors__Enabled</c> is true; a shop issues its players' tokens itself.
/// </summary>
public static class VisitorEndpoints
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public static void MapVisitors(this IEndpointRouteBuilder routes, IConfiguration configuration)
    {
        if (!configuration.GetValue<bool>("Visitors:Enabled"))
        {
            return;
        }

        var credentials = new SigningCredentials(Tokens.SigningKey(configuration), SecurityAlgorithms.HmacSha256);
        var issuer = Tokens.Issuer(configuration);
        routes.MapPost("/visitors", (TimeProvider time) =>
        {
            var player = $"visitor-{Ids.Fresh().ToString("N")[^8..]}";
            var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = Tokens.Player,
                Subject = new ClaimsIdentity([new Claim("sub", player)]),
                NotBefore = time.GetUtcNow().UtcDateTime,
                Expires = time.GetUtcNow().Add(Life).UtcDateTime,
                SigningCredentials = credentials,
            });
            return Results.Ok(new Visitor(player, token));
        }).WithName("NewVisitor").WithSummary("A player token to try the page with (only where the operator allows it)").Produces<Visitor>();
    }
}

/// <summary>Somebody who came by.</summary>
public sealed record Visitor(string PlayerId, string Token);
