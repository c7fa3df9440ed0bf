using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Api;

/// <summary>Administrators see on the public routes what is not published yet. Nobody may store such an answer.</summary>
public static class Preview
{
    /// <summary>Whether the caller may see what is not published yet.</summary>
    public static bool IsAllowed(HttpContext http) => http.User.HasClaim("aud", Tokens.Admin);

    /// <summary>The audience of an answer of a public route to this caller.</summary>
    public static Audience AudienceOf(HttpContext http) => IsAllowed(http) ? Audience.Administrator : Audience.Public;
}
