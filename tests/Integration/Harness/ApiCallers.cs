using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>Creates callers and tokens.</summary>
public static class ApiCallers
{
    public static ApiCaller Anonymous(this Engine engine, string host = "api-1") => new(engine, host, null);

    public static ApiCaller Player(this Engine engine, string player, string host = "api-1") =>
        new(engine, host, Token(Audiences.Player, player));

    public static ApiCaller Admin(this Engine engine, string host = "api-1", string subject = "admin") =>
        new(engine, host, Administrator(subject, [.. Scopes.All]));

    /// <param name="prefix">The prefix of the ids of its players.</param>
    public static ApiCaller Storefront(this Engine engine, string prefix, string host = "api-1") =>
        new(engine, host, Token(Audiences.Storefront, "shop", token => token.Claims["players"] = prefix));

    /// <summary>Creates an administrator token with these scopes.</summary>
    public static string Administrator(string subject, params string[] scopes) =>
        Token(Audiences.Administrator, subject, token => token.Claims["scope"] = string.Join(' ', scopes));

    /// <summary>Creates a token of the audience's issuer.</summary>
    /// <param name="change">Changes the token before it is signed.</param>
    public static string Token(string audience, string subject, Action<SecurityTokenDescriptor>? change = null) =>
        Issuers.Of(audience).Token(audience, subject, change);
}
