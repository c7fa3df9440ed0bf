using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Caching;

/// <summary>Administrators see on the public routes what is not published yet. Nobody may store such an answer.</summary>
public static class Preview
{
    /// <summary>Whether the caller may see what is not published yet: administrators who run hunts or may read everything.</summary>
    public static bool IsAllowed(HttpContext http) => http.User.HasScope(Scopes.Read) || http.User.HasScope(Scopes.Hunts);

    /// <summary>The audience of an answer of a public route to this caller.</summary>
    public static ResponseAudience AudienceOf(HttpContext http) =>
        IsAllowed(http) ? ResponseAudience.Administrator : ResponseAudience.Public;
}
