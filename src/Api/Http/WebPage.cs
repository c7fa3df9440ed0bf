namespace TreasureHunt.Api.Http;

/// <summary>The web page of the site, and the security headers for browsers.</summary>
public static class WebPage
{
    public static void UseWebPage(this WebApplication app) => app.UseDefaultFiles().UseStaticFiles();

    /// <summary>
    /// The page loads only files of its own site, and no other site can frame or open it. API responses are not documents, so they have
    /// only the headers that keep a browser from treating them as documents.
    /// </summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        if (!ApiPaths.IsApi(http.Request))
        {
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        return next(http);
    });
}
