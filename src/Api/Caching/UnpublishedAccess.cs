using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Caching;

/// <summary>Administrators also see unpublished data on the public routes. No cache may store such a response.</summary>
public static class UnpublishedAccess
{
    /// <summary>Whether the caller may see unpublished data: administrators who run hunts or may read everything.</summary>
    public static bool IsAllowed(HttpContext http) => http.User.HasScope(Scopes.Read) || http.User.HasScope(Scopes.Hunts);

    /// <summary>The audience of the response of a public route to this caller.</summary>
    public static ResponseAudience AudienceOf(HttpContext http) =>
        IsAllowed(http) ? ResponseAudience.Administrator : ResponseAudience.Public;
}
