namespace TreasureHunt.Api.Http;

/// <summary>The site's first page, and the headers that tell browsers what an answer may do.</summary>
public static class WebPage
{
    public static void UsePage(this WebApplication app) => app.UseDefaultFiles().UseStaticFiles();

    /// <summary>
    /// Nothing but what the site itself serves is loaded, and no other site frames or opens it. The API has no documents: of the
    /// headers, its answers carry only those that keep a browser from taking one for a document.
    /// </summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        if (!http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        return next(http);
    });
}
