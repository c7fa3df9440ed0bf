using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Properties of the caller, from the validated token and from the proxy's headers.</summary>
public static class CallerExtensions
{
    /// <summary>Whether the caller's token is valid for this audience.</summary>
    public static bool Is(this ClaimsPrincipal caller, string audience) =>
        caller.Identity is { IsAuthenticated: true, AuthenticationType: { } validated } && validated == audience;

    /// <summary>Whether the caller is an administrator with this scope.</summary>
    public static bool HasScope(this ClaimsPrincipal caller, string scope) =>
        caller.Is(Audiences.Administrator) && caller.FindAll("scope").Any(claim => claim.Value.Split(' ').Contains(scope));

    /// <summary>The player's id; null when the token is not a player's, or has no valid id.</summary>
    public static string? PlayerId(this ClaimsPrincipal caller) =>
        caller.Is(Audiences.Player) && caller.Identity is ClaimsIdentity identity
        && identity.FindAll(identity.NameClaimType).ToList() is [{ Value: var id }] && IdentifierRules.IsPlayer(id) ? id : null;

    /// <summary>The prefix of the ids of a storefront's players; null when the token has no valid prefix.</summary>
    public static string? PlayerPrefix(this ClaimsPrincipal caller) =>
        caller.Is(Audiences.Storefront) && caller.FindAll("players").ToList() is [{ Value: [.., ':'] prefix }]
            && IdentifierRules.IsPlayer(prefix) ? prefix : null;

    /// <summary>Whether this player is the caller, or one of the players of the calling storefront.</summary>
    public static bool Covers(this ClaimsPrincipal caller, string playerId) =>
        caller.PlayerId() == playerId || (caller.PlayerPrefix() is { } prefix && playerId.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The sender of an administrative command.</summary>
    public static Actor Actor(this HttpContext http) =>
        new(http.User.FindFirstValue(JwtRegisteredClaimNames.Sub), TokenId(http), http.ClientAddress()?.ToString(), Contracts.Actor.Http);

    /// <summary>
    /// The last address in <c>X-Forwarded-For</c>, else the address of the connection. The proxy replaces the header that clients send, and
    /// hosts are reachable only through the proxy.
    /// </summary>
    public static IPAddress? ClientAddress(this HttpContext http)
    {
        var forwarded = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        var address = IPAddress.TryParse(forwarded, out var client) ? client : http.Connection.RemoteIpAddress;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
    }

    /// <summary>When this host no longer accepts the caller's token; null without a valid token.</summary>
    public static DateTimeOffset? TokenEnd(this HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc + TokenRules.ClockSkew;

    private static string TokenId(HttpContext http)
    {
        if (http.User.FindFirstValue(JwtRegisteredClaimNames.Jti) is { Length: > 0 and <= Contracts.Actor.MaxLength } id
            && IdentifierRules.IsText(id))
        {
            return id;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString().Split(' ')[^1]));
        return $"sha256:{Convert.ToHexStringLower(hash)[..16]}";
    }
}
