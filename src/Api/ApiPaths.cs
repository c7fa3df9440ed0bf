namespace TreasureHunt.Api;

/// <summary>The paths of the API. All other paths belong to the web page and to operators.</summary>
public static class ApiPaths
{
    public const string Root = "/v1";

    /// <summary>Whether a request is for the API. Case is ignored, as routing does.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);
}
